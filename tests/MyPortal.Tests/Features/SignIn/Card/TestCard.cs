using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SignIn.Card;

/// <summary>The two certificates of one card, with the keys that a real card never gives away.</summary>
internal sealed class TestCard(X509Certificate2 authentication, X509Certificate2 signature)
{
    public static readonly FourAttributes Attributes = new("山田　花子", new DateOnly(1985, 4, 12), 2, "緑県さくら市桜町一丁目2番3号", "緑県", "さくら市");

    // Keys are slow to make, so cards that no test spoils are made once per run.
    private static readonly Lazy<Task<TestCard>> Ordinary = new(async () => Issue((await TestIssuer.FoundedAsync()).Authority));
    private static readonly Lazy<Task<TestCard>> Another = new(async () => Issue((await TestIssuer.FoundedAsync()).Authority));

    private static readonly ConcurrentDictionary<string, Lazy<Task<TestCard>>> Cast = new(StringComparer.Ordinal);

    private static int holders;

    public X509Certificate2 Authentication { get; } = authentication;

    public X509Certificate2 Signature { get; } = signature;

    /// <summary>Serial of the authentication certificate, as the issuer's register writes it.</summary>
    public string Serial => SerialOf(Authentication);

    /// <summary>A card as most people have it; its certificates must stay good.</summary>
    public static Task<TestCard> OrdinaryAsync() => Ordinary.Value;

    /// <summary>The card of another person; its certificates must stay good.</summary>
    public static Task<TestCard> AnotherPersonsAsync() => Another.Value;

    /// <summary>A card of somebody of the sandbox's cast, whom hub and holders know; its certificates must stay good.</summary>
    public static Task<TestCard> OfCastAsync(string person) =>
        Cast.GetOrAdd(person, id => new(async () => Issue((await TestIssuer.FoundedAsync()).Authority, id, AttributesOf(id), change: null))).Value;

    /// <summary>Another new card of somebody of the cast, as after the loss of the first.</summary>
    public static TestCard ReplacementOf(IssuingAuthority authority, string person) => Issue(authority, person, AttributesOf(person), change: null);

    public static FourAttributes AttributesOf(string person) => People.All.Single(found => found.Id == person).Attributes;

    /// <summary>What the issuer calls the holder of a card of a new person; the numbering body knows them by that name.</summary>
    public static string HolderName(int number) => $"person-{number}";

    /// <summary>A new card of a new person.</summary>
    /// <param name="authority">Who issues.</param>
    /// <param name="change">Makes one of the orders, or both, odd.</param>
    public static TestCard Issue(IssuingAuthority authority, Func<LeafOrder, LeafOrder>? change = null) =>
        Issue(authority, NewHolder(), Attributes, change);

    /// <summary>Somebody who holds no card yet.</summary>
    public static string NewHolder() => HolderName(Interlocked.Increment(ref holders));

    public X509Certificate2 Of(CertificateKind kind) => kind is CertificateKind.Authentication ? Authentication : Signature;

    /// <summary>One signature as the agent sends it.</summary>
    /// <param name="kind">Which key signs.</param>
    /// <param name="document">The exact bytes.</param>
    /// <param name="index">Which document of the ticket it is.</param>
    public CardSignature Sign(CertificateKind kind, byte[] document, int index = 0) => new(index, kind, CardCms.Sign(Of(kind), document));

    public static string SerialOf(X509Certificate2 certificate) => Convert.ToHexStringLower(certificate.SerialNumberBytes.Span);

    private static TestCard Issue(IssuingAuthority authority, string holder, FourAttributes attributes, Func<LeafOrder, LeafOrder>? change)
    {
        return new(Issue(CertificateKind.Authentication), Issue(CertificateKind.Signature));

        X509Certificate2 Issue(CertificateKind kind)
        {
            var order = new LeafOrder(kind, holder, kind is CertificateKind.Signature ? attributes : null);
            return authority.Issue(change?.Invoke(order) ?? order).Certificate;
        }
    }
}
