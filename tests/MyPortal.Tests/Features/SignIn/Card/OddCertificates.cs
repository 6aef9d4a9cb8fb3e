using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.CertificateAuthority;

namespace MyPortal.Tests.Features.SignIn.Card;

/// <summary>Certificates that the issuing authority would not give out.</summary>
internal static class OddCertificates
{
    private static readonly byte[] NeverIssued = [0x7F, 0xFF, 0xFF, 0x01];

    /// <summary>Genuinely signed by a root, with a key of our choosing, but unknown to the issuer's register.</summary>
    public static X509Certificate2 SignedBy(IssuingRoot root, AsymmetricAlgorithm key, params X509Extension[] more)
    {
        using var certificate = root.Sign(RequestFor(root.Kind, PublicKeyOf(key), more), LastYear, NextYear, NeverIssued);
        return WithKey(certificate, key);
    }

    /// <summary>Genuinely signed, and of two kinds at once: its policies are those of both.</summary>
    public static X509Certificate2 OfBothKinds(IssuingRoot root, RSA key)
    {
        var policies = new AsnWriter(AsnEncodingRules.DER);
        using (policies.PushSequence())
        {
            foreach (var oid in new[] { CertificateProfile.AuthenticationPolicy, CertificateProfile.SignaturePolicy })
            {
                using var policy = policies.PushSequence();
                policies.WriteObjectIdentifier(oid);
            }
        }

        var request = RequestFor(root.Kind, new PublicKey(key), []);
        request.CertificateExtensions.Remove(request.CertificateExtensions.Single(extension => extension.Oid?.Value is "2.5.29.32"));
        request.CertificateExtensions.Add(new X509Extension("2.5.29.32", policies.Encode(), critical: true));
        using var certificate = root.Sign(request, LastYear, NextYear, NeverIssued);
        return WithKey(certificate, key);
    }

    /// <summary>From an authority that anybody could make: the names of the real one, even its key identifier, but another key.</summary>
    public static X509Certificate2 FromImpostorOf(IssuingRoot root, AsymmetricAlgorithm key, byte[]? serial = null)
    {
        using var impostor = RSA.Create(2048);
        var request = RequestFor(root.Kind, PublicKeyOf(key), [X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root.Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false)]);
        using var certificate = request.Create(root.Certificate.SubjectName, X509SignatureGenerator.CreateForRSA(impostor, RSASignaturePadding.Pkcs1), LastYear, NextYear, serial ?? NeverIssued);
        return WithKey(certificate, key);
    }

    /// <summary>Bears the names and the serial of another certificate, and holds bytes that are no key.</summary>
    public static X509Certificate2 WithUnreadableKey(IssuingRoot root, byte[] serial)
    {
        using var impostor = RSA.Create(2048);
        var unreadable = new PublicKey(new Oid("1.2.840.113549.1.1.1"), new AsnEncodedData([0x05, 0x00]), new AsnEncodedData("no key"u8.ToArray()));
        return RequestFor(root.Kind, unreadable, []).Create(root.Certificate.SubjectName, X509SignatureGenerator.CreateForRSA(impostor, RSASignaturePadding.Pkcs1), LastYear, NextYear, serial);
    }

    /// <summary>
    /// An RSA key of ordinary length whose public exponent is as long as its modulus, so that checking one signature costs as much as
    /// making one: an ordinary key with its two exponents exchanged.
    /// </summary>
    public static RSA ExpensiveKey()
    {
        using var ordinary = RSA.Create(2048);
        var numbers = ordinary.ExportParameters(includePrivateParameters: true);
        return RSA.Create(numbers with
        {
            Exponent = numbers.D,
            D = Padded(numbers.Exponent!, numbers.Modulus!.Length),
            DP = Padded(numbers.Exponent!, numbers.P!.Length),
            DQ = Padded(numbers.Exponent!, numbers.Q!.Length),
        });
    }

    private static DateTimeOffset LastYear => TimeProvider.System.GetUtcNow().AddYears(-1);

    private static DateTimeOffset NextYear => TimeProvider.System.GetUtcNow().AddYears(1);

    private static CertificateRequest RequestFor(CertificateKind kind, PublicKey key, X509Extension[] more)
    {
        var request = new CertificateRequest(CertificateNames.AuthenticationSubject("99ABCDEFGHIJKL13221003A"), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(CertificateProfile.KeyUsageOf(kind), critical: true));
        request.CertificateExtensions.Add(CertificateProfile.Policies(CertificateProfile.PolicyOf(kind)));
        foreach (var extension in more)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request;
    }

    private static PublicKey PublicKeyOf(AsymmetricAlgorithm key) => key is ECDsa ec ? new PublicKey(ec) : new PublicKey((RSA)key);

    private static X509Certificate2 WithKey(X509Certificate2 certificate, AsymmetricAlgorithm key) =>
        key is ECDsa ec ? certificate.CopyWithPrivateKey(ec) : certificate.CopyWithPrivateKey((RSA)key);

    private static byte[] Padded(byte[] number, int length) => [.. new byte[length - number.Length], .. number];
}
