using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>
/// One named refusal per check, in the order of the checks. The names go to the access record; outside, a refusal before the
/// signature is proven always looks the same.
/// </summary>
internal static class JpkiErrors
{
    public static readonly Error TooLong = Refusal("jpki.too-long");
    /// <summary>The framework threw where a check of ours should have refused: worth a look.</summary>
    public static readonly Error Unreadable = Refusal("jpki.unreadable");
    public static readonly Error NotDer = Refusal("jpki.not-der");
    public static readonly Error NotSignedData = Refusal("jpki.not-signed-data");
    public static readonly Error CarriesRevocationLists = Refusal("jpki.carries-revocation-lists");
    public static readonly Error NotOneSigner = Refusal("jpki.not-one-signer");
    public static readonly Error NotOneCertificate = Refusal("jpki.not-one-certificate");
    public static readonly Error WrongKey = Refusal("jpki.wrong-key");
    public static readonly Error WrongCertificateForm = Refusal("jpki.wrong-certificate-form");
    public static readonly Error WeakCertificate = Refusal("jpki.weak-certificate");
    public static readonly Error WrongVersion = Refusal("jpki.wrong-version");
    public static readonly Error WrongAlgorithm = Refusal("jpki.wrong-algorithm");
    public static readonly Error WrongSignedAttributes = Refusal("jpki.wrong-signed-attributes");
    public static readonly Error HasUnsignedAttributes = Refusal("jpki.has-unsigned-attributes");
    public static readonly Error WrongContent = Refusal("jpki.wrong-content");
    public static readonly Error UntrustedRoot = Refusal("jpki.untrusted-root");
    public static readonly Error WrongKind = Refusal("jpki.wrong-kind");
    public static readonly Error WrongKeyUsage = Refusal("jpki.wrong-key-usage");
    public static readonly Error NotAnEndCertificate = Refusal("jpki.not-an-end-certificate");
    public static readonly Error WrongExtendedKeyUsage = Refusal("jpki.wrong-extended-key-usage");
    public static readonly Error UnknownCriticalExtension = Refusal("jpki.unknown-critical-extension");
    public static readonly Error UnknownPolicy = Refusal("jpki.unknown-policy");
    public static readonly Error BadSignature = Refusal("jpki.bad-signature");
    public static readonly Error Expired = Refusal("jpki.expired");
    public static readonly Error Revoked = Refusal("jpki.revoked");
    public static readonly Error UnknownToIssuer = Refusal("jpki.unknown-to-issuer");
    public static readonly Error NoAttributes = Refusal("jpki.no-attributes");
    public static readonly Error NotOnePerson = Refusal("jpki.not-one-person");

    /// <summary>The issuer could not be asked. Fails closed: nobody signs in on an unchecked certificate.</summary>
    public static readonly Error RevocationUnavailable = new("jpki.revocation-unavailable", ErrorKind.Unavailable);

    /// <summary>The linkage service could not be asked.</summary>
    public static readonly Error LinkageUnavailable = new("jpki.linkage-unavailable", ErrorKind.Unavailable);

    private static Error Refusal(string code) => new(code, ErrorKind.Forbidden);
}
