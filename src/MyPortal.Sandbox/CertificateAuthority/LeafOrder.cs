using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.Sandbox.CertificateAuthority;

/// <summary>
/// What to issue. Left alone it is the ordinary certificate of a plastic card; the optional values make the odd ones that a
/// verifier must refuse.
/// </summary>
/// <param name="Kind">Which of the two certificates.</param>
/// <param name="Holder">Short id of the person; the linkage service pairs certificates by it. It never enters the certificate.</param>
/// <param name="Attributes">The four attributes; needed for a signature certificate.</param>
internal sealed record LeafOrder(CertificateKind Kind, string Holder, FourAttributes? Attributes = null)
{
    public LeafKey Key { get; init; } = LeafKey.Rsa2048;

    /// <summary>Which generation of the root signs: 1 expired, 2 older, 3 current.</summary>
    public int Generation { get; init; } = IssuingAuthority.CurrentGeneration;

    /// <summary>Null: one year ago.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Null: in four years, but never longer than the root.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Null: the test policy of the kind.</summary>
    public string? PolicyOid { get; init; }

    /// <summary>Null: the key usage of the kind.</summary>
    public X509KeyUsageFlags? KeyUsage { get; init; }
}

/// <summary>Keys a card can hold.</summary>
internal enum LeafKey
{
    /// <summary>Cards of today.</summary>
    Rsa2048,

    /// <summary>The announced next card.</summary>
    EcP384,
}

/// <summary>The basic four attributes 基本4情報 of a signature certificate.</summary>
/// <param name="Name">Family and given name with a full-width space between.</param>
/// <param name="BirthDate">Date of birth.</param>
/// <param name="Sex">1 male, 2 female, 3 unknown.</param>
/// <param name="Address">Address without postcode.</param>
/// <param name="Prefecture">Prefecture, for the subject and the revocation list.</param>
/// <param name="Municipality">Municipality, for the subject and the revocation list.</param>
internal sealed record FourAttributes(string Name, DateOnly BirthDate, int Sex, string Address, string Prefecture, string Municipality)
{
    private static readonly (DateOnly From, char Digit)[] Eras =
    [
        (new DateOnly(2019, 5, 1), '5'), (new DateOnly(1989, 1, 8), '4'), (new DateOnly(1926, 12, 25), '3'), (new DateOnly(1912, 7, 30), '2'),
        (new DateOnly(1868, 1, 25), '1'),
    ];

    /// <summary>EYYYYMMDD: E is the era (1 Meiji to 5 Reiwa, 0 unknown), the year is Gregorian.</summary>
    public string EncodedBirthDate
    {
        get
        {
            var era = Eras.Where(e => BirthDate >= e.From).Select(e => e.Digit).FirstOrDefault('0');
            return era + BirthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        }
    }
}

/// <summary>A certificate with its private key, as it is written on a card.</summary>
/// <param name="Kind">Which of the two certificates.</param>
/// <param name="Certificate">The certificate; owns the private key.</param>
/// <param name="Root">Who signed it.</param>
internal sealed record IssuedLeaf(CertificateKind Kind, X509Certificate2 Certificate, IssuingRoot Root) : IDisposable
{
    /// <summary>Lower-case hex of the DER content bytes; unique across all roots.</summary>
    public string Serial { get; } = Convert.ToHexStringLower(Certificate.SerialNumberBytes.Span);

    public void Dispose() => Certificate.Dispose();
}
