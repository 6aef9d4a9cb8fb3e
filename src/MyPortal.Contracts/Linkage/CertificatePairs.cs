namespace MyPortal.Contracts.Linkage;

/// <summary>Body of <c>POST {linkage}/v1/pairs</c>: do these two certificates belong to one person?</summary>
/// <param name="Authentication">The user-authentication certificate.</param>
/// <param name="Signature">The signature certificate.</param>
public sealed record CertificatePairQuestion(CertificateReference Authentication, CertificateReference Signature);

/// <summary>Names a certificate without showing it.</summary>
/// <param name="IssuerKey">SHA-256 of the issuing root's SubjectPublicKeyInfo, lower-case hex; the issuers share one name, so the key tells them apart.</param>
/// <param name="Serial">Serial number, lower-case hex of its DER content bytes.</param>
public sealed record CertificateReference(string IssuerKey, string Serial);

/// <summary>Answer to a <see cref="CertificatePairQuestion"/>.</summary>
/// <param name="Result">What the issuer knows.</param>
public sealed record CertificatePairAnswer(CertificatePairResult Result);

/// <summary>What the issuer knows about two certificates.</summary>
public enum CertificatePairResult
{
    /// <summary>One person holds both.</summary>
    SamePerson,

    /// <summary>Two people hold them.</summary>
    DifferentPeople,

    /// <summary>At least one was never issued.</summary>
    Unknown,
}
