using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.Hub;

namespace MyPortal.Sandbox.Organisations;

/// <summary>Another participant whose certificates the organisation CA issued.</summary>
internal sealed class Peer
{
    private readonly ECDsa signing;

    private Peer(Participant participant, X509Certificate2 certificate)
    {
        (Participant, KeyId) = (participant, KeyIdOf(certificate));
        signing = certificate.GetECDsaPublicKey() ?? throw new CryptographicException("A signing certificate without an elliptic key.");
    }

    public Participant Participant { get; }

    public string Id => Participant.Id;

    public string Class => Participant.Class;

    public string KeyId { get; }

    public static string KeyIdOf(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));

    /// <summary>Null when the CA does not vouch for both keys under this identifier: the publisher's word alone is not enough.</summary>
    public static Peer? Of(Participant participant, OrganisationTrust trust)
    {
        try
        {
            using var sealing = X509CertificateLoader.LoadCertificate(participant.SealingCertificate);
            using var signer = X509CertificateLoader.LoadCertificate(participant.SigningCertificate);
            return trust.Vouches(signer, participant.Id, KeyPurpose.Signing) && trust.Vouches(sealing, participant.Id, KeyPurpose.Sealing)
                ? new Peer(participant, signer)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public bool HasSigned(byte[] bytes, byte[] signature) =>
        signature.Length is 64 && signing.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
