using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Public;

/// <summary>What is needed to register a sender.</summary>
internal sealed record SenderRegistration(string ClientId, string Name, bool IsPublic, string ServiceName, byte[] PublicKey)
{
    /// <summary>Who and where it is, so that it may ask people; null for whoever only posts.</summary>
    public ConsentRequester? Requester { get; init; }

    /// <summary>The law under which the service of a public sender writes; null for the ordinance of the invented city.</summary>
    public string? Law { get; init; }
}

/// <summary>A registered sender and its service.</summary>
internal sealed record RegisteredSender(SenderId Id, SenderServiceId Service);

/// <summary>Registers senders.</summary>
internal interface ISenderRegister
{
    /// <summary>Registers a sender with one service and one key; one that is known keeps its identifiers and gets the key if it is new.</summary>
    Task<RegisteredSender> RegisterAsync(SenderRegistration registration, CancellationToken cancellationToken);
}
