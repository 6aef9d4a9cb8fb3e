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
/// <param name="Subject">Step-up and signing only: which session the card must confirm, SHA-256 in lower-case hex.</param>
/// <param name="Statement">Signing only: the text that is signed, and as whom.</param>
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
    DateTimeOffset Expires,
    string? Subject = null,
    SignedStatement? Statement = null)
{
    /// <summary>The type string of this version of the document.</summary>
    public const string CurrentType = "MYP-CARD/1";

    /// <summary>The only way back that exists: through the browser of the device on which the login began.</summary>
    public const string SameDevice = "same-device";
}

/// <summary>
/// The text a card signs in words a person reads. The agent gets the text with the ticket, checks it against this and shows it whole:
/// nobody signs a digest unseen.
/// </summary>
/// <param name="Role">As whom the person signs.</param>
/// <param name="Sha256">SHA-256 of the text's UTF-8 bytes, lower-case hex.</param>
/// <param name="Length">Number of those bytes.</param>
/// <param name="MediaType">Always <see cref="PlainText"/>: what can only be shown in one way.</param>
public sealed record SignedStatement(SigningRole Role, string Sha256, int Length, string MediaType)
{
    /// <summary>The only media type that is shown and signed.</summary>
    public const string PlainText = "text/plain;charset=utf-8";
}

/// <summary>As whom a person signs a text.</summary>
public enum SigningRole
{
    /// <summary>The person whose matters they are 本人.</summary>
    Principal,

    /// <summary>Who acts for that person 代理人.</summary>
    Proxy,
}

/// <summary>What a card transaction is for.</summary>
public enum CardPurpose
{
    /// <summary>Sign in with the user-authentication certificate.</summary>
    Login,

    /// <summary>Register: both certificates of the card sign in one visit.</summary>
    Enrol,

    /// <summary>Confirm in a running session that the same person still sits there: user-authentication certificate.</summary>
    StepUp,

    /// <summary>Sign one text in a running session: both certificates, the second one binds the person to the text.</summary>
    Sign,
}

/// <summary>The two certificates on the card (JPKI act, 公的個人認証法).</summary>
public enum CertificateKind
{
    /// <summary>User-authentication certificate 利用者証明用電子証明書: 4-digit PIN, subject is opaque.</summary>
    Authentication,

    /// <summary>Signature certificate 署名用電子証明書: 6 to 16 character password, carries the four attributes.</summary>
    Signature,
}
