using System.Security.Cryptography;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Senders;

/// <summary>An invented sender with its own key, made once.</summary>
/// <param name="Id">Short name; also its client identifier.</param>
/// <param name="Name">Name as citizens see it.</param>
/// <param name="Kind">Public or private.</param>
/// <param name="Service">Name of its one service.</param>
/// <param name="Key">ECDSA P-256.</param>
/// <param name="DraftsOn">What it writes, as of a day.</param>
internal sealed record SandboxSender(string Id, string Name, SenderKind Kind, string Service, ECDsa Key, Func<DateOnly, IReadOnlyList<NoticeDraft>> DraftsOn)
{
    /// <summary>Name of its web site before <c>.localhost</c>.</summary>
    public required string Host { get; init; }

    /// <summary>法人番号, 13 digits; invented.</summary>
    public required string CorporateNumber { get; init; }

    /// <summary>Where citizens ask.</summary>
    public required string Contact { get; init; }

    /// <summary>What its web site offers, one sentence.</summary>
    public required string Offer { get; init; }

    /// <summary>The law under which it writes without consent; null for a business.</summary>
    public string? Law { get; init; }

    /// <summary>The two senders of the sandbox, with the keys of a folder.</summary>
    public static IReadOnlyList<SandboxSender> All(DataFolder folder) =>
    [
        new("sakura-city", "さくら市 税務課", SenderKind.Public, "税のお知らせ", KeyOf("sakura-city", folder), CityNotices.On)
        {
            Host = "sakura",
            CorporateNumber = "0000020000001",
            Contact = "さくら市 税務課 0120-000-0010（平日 9時〜17時）",
            Offer = "税の通知を、紙に代えてマイ・ポータルで受け取れます。",
            Law = "地方税法および情報通信技術を活用した行政の推進等に関する法律",
        },
        new("midori-denki", "みどり電力", SenderKind.Private, "電気のご契約", KeyOf("midori-denki", folder), PowerNotices.On)
        {
            Host = "midori",
            CorporateNumber = "0000010000002",
            Contact = "みどり電力 お客さま窓口 0120-000-0020（毎日 9時〜19時）",
            Offer = "検針、請求、契約のお知らせを、紙に代えてマイ・ポータルで受け取れます。",
        },
    ];

    private static ECDsa KeyOf(string id, DataFolder folder)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (folder.ReadOrNull(id + ".key") is { } stored) key.ImportFromPem(stored);
        else folder.Write(id + ".key", key.ExportPkcs8PrivateKeyPem());
        return key;
    }
}
