using System.Security.Cryptography;

namespace MyPortal.Tests.Jpki.Forging;

/// <summary>Answers at which the framework throws instead of refusing.</summary>
internal static class HostileAnswers
{
    /// <summary>One of them, around the right document.</summary>
    /// <param name="what">What is wrong with it, in a few words.</param>
    /// <param name="document">The document that was to be signed.</param>
    public static byte[] Make(string what, byte[] document)
    {
        var good = new CmsDraft(document);
        return (what switch
        {
            "a point off its curve" => good with { Certificate = new CertificateDraft { Key = OffCurve() }, DigestAlgorithms = Raw.Node(Raw.Set, Sha384()), DigestAlgorithm = Sha384(), SignatureAlgorithm = Raw.BareAlgorithm("1.2.840.10045.4.3.3") },
            "a third number in the key" => good with { Certificate = new CertificateDraft { Key = ThreeNumbers() } },
            "a long length in an attribute" => good with { SigningTime = Raw.LongNode(0x17, good.SigningTime[2..]) },
            "an empty serial" => good with { Certificate = new CertificateDraft { Serial = [2, 0] } },
            "an empty serial of the signer alone" => good with { Signer = Raw.Node(Raw.Sequence, ForgedAuthority.Name, [2, 0]) },
            "a second 60 of signing" => good with { SigningTime = Raw.Utc("261120030060Z") },
            "a second 60 of validity" => good with { Certificate = new CertificateDraft { NotAfter = Raw.Utc("330101000060Z") } },
            _ => throw new ArgumentException(what, nameof(what)),
        }).Encode();
    }

    private static byte[] Sha384() => Raw.Algorithm("2.16.840.1.101.3.4.2.2");

    private static byte[] OffCurve()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var info = key.ExportSubjectPublicKeyInfo();
        info[^1] ^= 1;
        return info;
    }

    private static byte[] ThreeNumbers()
    {
        var numbers = ForgedAuthority.Instance.CardKey.ExportParameters(includePrivateParameters: false);
        return Raw.Node(0x30, Raw.Algorithm("1.2.840.113549.1.1.1"), Raw.Bits(Raw.Node(0x30, Raw.Node(2, [0, .. numbers.Modulus!]), Raw.Node(2, numbers.Exponent!), Raw.Integer(1))));
    }
}
