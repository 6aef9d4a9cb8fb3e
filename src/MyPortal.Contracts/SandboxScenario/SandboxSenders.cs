namespace MyPortal.Contracts.SandboxScenario;

/// <summary>
/// Standard input of the portal's command <c>register-sandbox-senders</c>, which exists only in the sandbox. It says nothing
/// about any citizen: people are linked or consent on the pages.
/// </summary>
/// <param name="Senders">Senders to register; already known ones keep their identifiers.</param>
public sealed record SandboxSenderOrders(IReadOnlyList<SandboxSenderOrder> Senders);

/// <summary>One sender to register.</summary>
/// <param name="Id">Short name in the sandbox, for example <c>sakura-city</c>; becomes the client identifier.</param>
/// <param name="Name">Name as citizens see it.</param>
/// <param name="Kind">Public or private.</param>
/// <param name="Service">Name of its one service as citizens see it, for example 税のお知らせ.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo (DER) of its ECDSA P-256 key for <c>private_key_jwt</c>.</param>
/// <param name="CorporateNumber">法人番号, 13 digits.</param>
/// <param name="Contact">Where citizens ask, as they see it.</param>
/// <param name="ReturnAddresses">Where people may be sent back to, exactly.</param>
/// <param name="MessageAddress">Where the portal tells that a consent ended.</param>
/// <param name="Webhook">Where it wants to be told of its notices.</param>
/// <param name="Law">The law under which an agency writes to people; a business has none.</param>
public sealed record SandboxSenderOrder(
    string Id,
    string Name,
    SenderKind Kind,
    string Service,
    byte[] PublicKey,
    string CorporateNumber,
    string Contact,
    IReadOnlyList<string> ReturnAddresses,
    string MessageAddress,
    string? Webhook = null,
    string? Law = null);

/// <summary>Who a sender is.</summary>
public enum SenderKind
{
    /// <summary>Agency or municipality acting under a law 行政.</summary>
    Public,

    /// <summary>Business 民間.</summary>
    Private,
}
