using MyPortal.Kernel;

namespace MyPortal.Features.Consents.Public;

/// <summary>What must be known of a sender before it may ask citizens.</summary>
/// <param name="Sender">The registered sender.</param>
/// <param name="Service">For which of its services it asks.</param>
/// <param name="ClientId">Client identifier.</param>
/// <param name="CorporateNumber">法人番号, 13 digits.</param>
/// <param name="Contact">Where citizens ask, as they see it.</param>
/// <param name="ReturnAddresses">Where people may be sent back to, exactly.</param>
/// <param name="MessageAddress">Where it hears that a consent ended.</param>
/// <param name="Law">The law under which an agency writes without consent; null for everybody else.</param>
internal sealed record ConsentClientFacts(
    SenderId Sender,
    SenderServiceId Service,
    string ClientId,
    string CorporateNumber,
    string Contact,
    IReadOnlyList<string> ReturnAddresses,
    string MessageAddress,
    string? Law);

/// <summary>The register of senders that may ask citizens; whoever admits senders fills it.</summary>
internal interface IConsentClients
{
    /// <summary>Registers a sender, or replaces what was known of it.</summary>
    Task RegisterAsync(ConsentClientFacts facts, CancellationToken cancellationToken);
}
