using MyPortal.Kernel;

namespace MyPortal.Identity;

/// <summary>Who looks, in which session and how surely identified. The first argument of every citizen use case.</summary>
/// <param name="Citizen">Who looks.</param>
/// <param name="Session">The session.</param>
/// <param name="Level">Assurance level of the session.</param>
/// <param name="NewSince">What was delivered after this instant is new to the viewer.</param>
internal sealed record Viewer(CitizenId Citizen, SessionId Session, AssuranceLevel Level, DateTimeOffset NewSince)
{
    /// <summary>What was shown in this session; how much it counts for is <see cref="Level"/>.</summary>
    public LoginEvidence Evidence { get; init; }

    /// <summary>Whose folder is looked at. Every query of personal data filters by it.</summary>
    public CitizenId Owner => Citizen;

    /// <summary>When a card with PIN last confirmed the person in this session, UTC; null when none did.</summary>
    public DateTimeOffset? LastCardAt { get; init; }
}

/// <summary>The viewer of the current request.</summary>
internal sealed class CurrentViewer(IHttpContextAccessor http)
{
    /// <summary>Null when nobody is signed in.</summary>
    public Viewer? OrNull => http.HttpContext?.Features.Get<Viewer>();

    /// <summary>The viewer of a page that only signed-in people reach.</summary>
    public Viewer Required => OrNull ?? throw new InvalidOperationException("This page must be reachable by signed-in people only.");
}
