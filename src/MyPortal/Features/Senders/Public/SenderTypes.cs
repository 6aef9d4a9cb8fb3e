using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Public;

/// <summary>A sender as citizens see it.</summary>
internal sealed record SenderCard(SenderId Id, string Name, bool IsPublic)
{
    /// <summary>What people are told while the sender is suspended; null while it is not.</summary>
    public string? SuspensionText { get; init; }
}

/// <summary>
/// Names senders for other features. Reads in the caller's context: whoever holds a lock must not wait for a second connection, which
/// those who wait for the lock may all have.
/// </summary>
internal interface ISenderDirectory
{
    Task<IReadOnlyDictionary<SenderId, SenderCard>> FindAsync(PortalDbContext db, IReadOnlyCollection<SenderId> ids, CancellationToken cancellationToken);

    /// <summary>Those of the senders that were admitted to ask people; once admitted they stay so.</summary>
    Task<IReadOnlyDictionary<SenderId, RequestingSender>> AskingAsync(PortalDbContext db, IReadOnlyCollection<SenderId> ids, CancellationToken cancellationToken);

    /// <summary>One of them by the name under which it authenticates; null when it was not admitted to ask anybody.</summary>
    Task<RequestingSender?> AskingAsync(PortalDbContext db, string clientId, CancellationToken cancellationToken);

    /// <summary>Names of services.</summary>
    Task<string> ServiceNameAsync(PortalDbContext db, SenderServiceId id, CancellationToken cancellationToken);
}

/// <summary>Which sender calls, once its token was checked.</summary>
internal sealed record CallingSender(SenderId Id, bool IsPublic)
{
    /// <summary>Whether it came with a test key: then its posts reach its own test recipient and nobody else.</summary>
    public bool IsTest { get; init; }

    /// <summary>How much it may post.</summary>
    public SenderQuota Quota { get; init; } = SenderQuota.Lowest;
}

/// <summary>How much a sender may post.</summary>
/// <param name="PerMinute">Posts in one minute.</param>
/// <param name="PerDay">Posts on one day in Japan.</param>
internal sealed record SenderQuota(int PerMinute, int PerDay)
{
    /// <summary>What whoever has no other gets.</summary>
    public static SenderQuota Lowest { get; } = new(1, 1);
}

/// <summary>A quota that is used up.</summary>
/// <param name="Error">Which one.</param>
/// <param name="RetryAfter">When there is room again.</param>
internal sealed record UsedUpQuota(Error Error, TimeSpan RetryAfter);

/// <summary>Counts the posts of a sender against its quotas.</summary>
internal interface ISenderQuotas
{
    /// <summary>Takes one post from the quotas; what came back instead says why not.</summary>
    Task<UsedUpQuota?> TakeAsync(CallingSender sender, CancellationToken cancellationToken);
}

/// <summary>Knows the one recipient whom posts with a test key reach.</summary>
internal interface ITestRecipients
{
    /// <summary>Mailbox and service behind the sender's own test code; null for any other code.</summary>
    Task<(CitizenId Owner, SenderServiceId Service)?> FindAsync(SenderId sender, string code, CancellationToken cancellationToken);
}

/// <summary>Checks the bearer token of a sender's call.</summary>
internal interface ISenderAuthenticator
{
    /// <summary>The caller, or a refusal that was recorded.</summary>
    Task<Result<CallingSender>> AuthenticateAsync(HttpContext http, string scope);
}
