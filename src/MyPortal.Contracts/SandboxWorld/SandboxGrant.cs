namespace MyPortal.Contracts.SandboxWorld;

/// <summary>
/// Standard input of the portal's command <c>grant-sandbox</c>, which exists only in the sandbox world: registers the sandbox
/// senders and hands out recipient codes, as long as no screen does.
/// </summary>
/// <param name="Senders">Senders to register; already known ones keep their identifiers.</param>
/// <param name="Recipients">Authentication certificates (DER) of the people whose recipient codes are wanted.</param>
public sealed record SandboxGrantOrder(IReadOnlyList<SandboxSenderOrder> Senders, IReadOnlyList<SandboxRecipient> Recipients);

/// <summary>One sender to register.</summary>
/// <param name="Id">Short name in the sandbox world, for example <c>sakura-city</c>; becomes the client identifier.</param>
/// <param name="Name">Name as citizens see it.</param>
/// <param name="Kind">Public or private.</param>
/// <param name="Service">Name of its one service as citizens see it, for example 税のお知らせ.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo (DER) of its ECDSA P-256 key for <c>private_key_jwt</c>.</param>
/// <param name="Webhook">Where it wants to be told of its notices.</param>
public sealed record SandboxSenderOrder(string Id, string Name, SenderKind Kind, string Service, byte[] PublicKey, string? Webhook = null);

/// <summary>One person who receives codes from every sender of the order.</summary>
/// <param name="Card">Short name of the card in the sandbox world.</param>
/// <param name="Certificate">The card's user-authentication certificate, DER.</param>
public sealed record SandboxRecipient(string Card, byte[] Certificate);

/// <summary>Standard output of the command.</summary>
/// <param name="Codes">One code per sender and enrolled recipient; people who never enrolled are left out.</param>
public sealed record SandboxGrantResult(IReadOnlyList<SandboxRecipientCode> Codes);

/// <summary>One recipient code.</summary>
/// <param name="Sender">Short name of the sender.</param>
/// <param name="Card">Short name of the card.</param>
/// <param name="Code">26 Crockford base32 characters.</param>
public sealed record SandboxRecipientCode(string Sender, string Card, string Code);

/// <summary>Who a sender is.</summary>
public enum SenderKind
{
    /// <summary>Agency or municipality acting under a law 行政.</summary>
    Public,

    /// <summary>Business 民間.</summary>
    Private,
}
