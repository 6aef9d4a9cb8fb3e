namespace MyPortal.Contracts.CardAgent;

/// <summary>
/// What a card signs: the exact UTF-8 JSON bytes of this record, as the portal wrote them. The portal compares bytes, the card
/// agent parses them and shows the person nothing that is not in here.
/// </summary>
/// <param name="Type">Always <see cref="CurrentType"/>; a signature made for anything else can never be taken for a card login.</param>
/// <param name="Origin">Origin of the portal that asks, for example <c>https://portal.example</c>.</param>
/// <param name="Delivery">How the answer comes back; only <c>same-device</c> exists.</param>
/// <param name="Purpose">What the signature is for.</param>
/// <param name="Level">Assurance level the person will have afterwards, 1 to 4.</param>
/// <param name="Transaction">Identifier of the card transaction.</param>
/// <param name="Nonce">256 random bits, base64url.</param>
/// <param name="Binding">SHA-256 of the starting browser's binding secret, lower-case hex.</param>
/// <param name="Certificates">Which certificates of the card sign this document, each exactly once.</param>
/// <param name="MatchCode">Shown by the portal page and by the agent; the person compares them.</param>
/// <param name="Issued">Instant of issue, UTC.</param>
/// <param name="Expires">Instant after which the portal refuses the signature, UTC.</param>
public sealed record CardDocument(
    string Type,
    string Origin,
    string Delivery,
    CardPurpose Purpose,
    int Level,
    string Transaction,
    string Nonce,
    string Binding,
    IReadOnlyList<CertificateKind> Certificates,
    string MatchCode,
    DateTimeOffset Issued,
    DateTimeOffset Expires)
{
    /// <summary>The type string of this version of the document.</summary>
    public const string CurrentType = "MYP-CARD/1";

    /// <summary>The only way back that exists: through the browser of the device on which the login began.</summary>
    public const string SameDevice = "same-device";
}

/// <summary>What a card transaction is for.</summary>
public enum CardPurpose
{
    /// <summary>Sign in with the user-authentication certificate.</summary>
    Login,

    /// <summary>Register: both certificates of the card sign in one visit.</summary>
    Enrol,
}

/// <summary>The two certificates on the card (JPKI act, 公的個人認証法).</summary>
public enum CertificateKind
{
    /// <summary>User-authentication certificate 利用者証明用電子証明書: 4-digit PIN, subject is opaque.</summary>
    Authentication,

    /// <summary>Signature certificate 署名用電子証明書: 6 to 16 character password, carries the four attributes.</summary>
    Signature,
}
