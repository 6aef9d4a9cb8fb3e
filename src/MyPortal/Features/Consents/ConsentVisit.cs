using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>
/// The way of one request through the citizen's browser and back: each step has a secret of its own that works once. Only hashes
/// are kept.
/// </summary>
internal sealed class ConsentVisit
{
    /// <summary>How long a browser may take to bring the request, and a business to fetch the result.</summary>
    public static readonly TimeSpan StepLife = TimeSpan.FromSeconds(60);

    /// <summary>How long the person may take to sign in.</summary>
    public static readonly TimeSpan SignInLife = TimeSpan.FromMinutes(30);

    private ConsentVisit()
    {
    }

    public ConsentId ConsentId { get; private set; }

    public SenderId SenderId { get; private set; }

    /// <summary>SHA-256 of sender and <c>jti</c>: a signed request is taken once.</summary>
    public byte[] StatementHash { get; private set; } = [];

    /// <summary>SHA-256 of the request address.</summary>
    public byte[] RequestHash { get; private set; } = [];

    public DateTimeOffset RequestEndsAt { get; private set; }

    /// <summary>SHA-256 of what the browser that started the request carries until its owner has signed in.</summary>
    public byte[]? BrowserHash { get; private set; }

    /// <summary>SHA-256 of the one-time code of the way back.</summary>
    public byte[]? CodeHash { get; private set; }

    public DateTimeOffset? CodeEndsAt { get; private set; }

    /// <summary>When the result was fetched; from then on no other code is made.</summary>
    public DateTimeOffset? FetchedAt { get; private set; }

    public static ConsentVisit Begin(ConsentPlace place, byte[] statementHash, byte[] requestHash, DateTimeOffset now) => new()
    {
        ConsentId = place.Id,
        SenderId = place.Sender,
        StatementHash = statementHash,
        RequestHash = requestHash,
        RequestEndsAt = now + StepLife,
    };
}
