using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Public;

/// <summary>A sender as citizens see it.</summary>
internal sealed record SenderCard(SenderId Id, string Name, bool IsPublic);

/// <summary>Names senders for other features.</summary>
internal interface ISenderDirectory
{
    Task<IReadOnlyDictionary<SenderId, SenderCard>> FindAsync(IReadOnlyCollection<SenderId> ids, CancellationToken cancellationToken);

    /// <summary>Names of services.</summary>
    Task<string> ServiceNameAsync(SenderServiceId id, CancellationToken cancellationToken);
}

/// <summary>Which sender calls, once its token was checked.</summary>
internal sealed record CallingSender(SenderId Id, bool IsPublic);

/// <summary>Checks the bearer token of a sender's call.</summary>
internal interface ISenderGate
{
    /// <summary>The caller, or a refusal that was recorded.</summary>
    Task<Result<CallingSender>> AuthenticateAsync(HttpContext http, string scope);
}
