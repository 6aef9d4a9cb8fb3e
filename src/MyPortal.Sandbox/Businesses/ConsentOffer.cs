using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Businesses;

/// <summary>One customer on the way to the portal and back: what only this browser's visit may bring back.</summary>
internal sealed record ConsentOffer(Person Customer, string ReturnTo, string State, string Nonce, string Verifier)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(4);

    public static ConsentOffer To(Person customer, string returnTo) => new(customer, returnTo, Secret(), Secret(), Secret());

    /// <summary>What is asked, for the sender to sign.</summary>
    public ConsentClaims ClaimsOf(SandboxSender sender, Uri endpoint, DateTimeOffset now) => new(
        sender.Id,
        endpoint.AbsoluteUri,
        Secret(),
        (now + Life).ToUnixTimeSeconds(),
        ReturnTo,
        State,
        Nonce,
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Verifier))),
        "S256",
        CustomerNumbers.MaskedOf(sender, Customer),
        [
            new ConsentText("ja", $"「{sender.Service}」のお知らせを、紙の代わりにマイ・ポータルに届けるため"),
            new ConsentText("en", "To deliver its notices to MyPortal instead of on paper"),
            new ConsentText("ja-Hira", "おしらせを かみでは なく マイ・ポータルに とどける ため"),
        ],
        "contract-notices",
        Items,
        Days: 365,
        KeptDays: 28,
        $"{new Uri(ReturnTo).GetLeftPart(UriPartial.Authority)}/policy");

    private static IReadOnlyList<ConsentItem> Items =>
    [
        new ConsentItem(
            "recipient-code",
            [
                new ConsentText("ja", "お知らせを届けるための宛先コード（この会社だけのもの）"),
                new ConsentText("en", "A code for delivering notices, valid for this business only"),
                new ConsentText("ja-Hira", "おしらせを とどける ための コード（この かいしゃだけ）"),
            ],
            IsRequired: true,
            [
                new ConsentText("ja", "これがないと、お知らせを届けられません"),
                new ConsentText("en", "Without it no notice can be delivered"),
                new ConsentText("ja-Hira", "ないと、おしらせを とどけられません"),
            ]),
        new ConsentItem(
            "opened",
            [
                new ConsentText("ja", "お知らせを開いたかどうか"),
                new ConsentText("en", "Whether you opened a notice"),
                new ConsentText("ja-Hira", "おしらせを ひらいたか どうか"),
            ]),
    ];

    private static string Secret() => Base64Url.EncodeToString(RandomSource.Bytes(32));
}
