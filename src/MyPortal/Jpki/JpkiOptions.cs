using MyPortal.Contracts.CardAgent;

namespace MyPortal.Jpki;

/// <summary>Which device carries a certificate; read from the policy in the certificate, never from what a client says.</summary>
internal enum CertificateCarrier
{
    Card,
    Phone,
    Test,
}

/// <summary>Section <c>Jpki</c>: whom the portal trusts for cards. Nothing of it is a constant in code, because it is the issuer's to change.</summary>
internal sealed record JpkiOptions
{
    public const string Section = "Jpki";

    public IReadOnlyList<RootOptions> Roots { get; init; } = [];

    public IReadOnlyList<PolicyOptions> Policies { get; init; } = [];

    public OcspOptions Ocsp { get; init; } = new();
}

/// <summary>A pinned root. Three generations share one name, so each is pinned as a whole certificate.</summary>
internal sealed record RootOptions
{
    /// <summary>PEM file; a relative path counts from the folder of the trust bundle, else from the program's folder.</summary>
    public string File { get; init; } = "";

    public CertificateKind Kind { get; init; }

    /// <summary>Where this root's certificates are asked for.</summary>
    public string OcspAddress { get; init; } = "";
}

/// <summary>What a certificate policy identifier means.</summary>
internal sealed record PolicyOptions
{
    public string Oid { get; init; } = "";

    public CertificateKind Kind { get; init; }

    public CertificateCarrier Carrier { get; init; }
}

/// <summary>How revocation is asked (RFC 6960); the verifier-only specification fixes the values.</summary>
internal sealed record OcspOptions
{
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How far responder and portal clocks may differ.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether an answer must repeat our nonce; without it an old answer could be played back.</summary>
    public bool RequireNonce { get; init; } = true;

    /// <summary><c>SHA256</c> or <c>SHA1</c>: the digest inside the certificate identifier, not a signature.</summary>
    public string CertificateIdHash { get; init; } = "SHA256";
}
