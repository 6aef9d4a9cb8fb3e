namespace MyPortal.Features.AccessLog.Uses;

/// <summary>How far one step of a request is known to have come.</summary>
public enum UseStepState
{
    /// <summary>Only the hub knows, and its record is not here.</summary>
    Unknown,

    /// <summary>It did not come to this step.</summary>
    NotReached,

    /// <summary>Done.</summary>
    Done,

    /// <summary>It ended here with a refusal or a failure.</summary>
    Refused,
}

/// <summary>One of the four steps of a request.</summary>
/// <param name="State">How far it came.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Code">Code of a refusal.</param>
public sealed record UseStep(UseStepState State, DateTimeOffset? At = null, string? Code = null);

/// <summary>What the ends of a request do not agree on, or what has to be said beside it.</summary>
public enum UseFinding
{
    /// <summary>The portal asked, and the hub's record should show it but does not.</summary>
    MissingAtHub,

    /// <summary>The hub says that the portal asked, and the portal has no record of it.</summary>
    MissingAtPortal,

    /// <summary>The hub relayed an answer, and it never arrived.</summary>
    SentNotReceived,

    /// <summary>The portal says that an answer arrived which the hub did not relay.</summary>
    ReceivedNotSent,

    /// <summary>Both ends record the arrival, with different outcomes.</summary>
    OutcomesDiffer,

    /// <summary>This is the request that fetched the record itself; it cannot show its own end.</summary>
    ThisAsking,
}

/// <summary>One request for somebody's data: asked, allowed, sent, received. Public, because a component takes it as its parameter.</summary>
/// <param name="RequestId">Joins the records of both ends.</param>
/// <param name="At">When it was asked, UTC.</param>
/// <param name="Requester">Identifier of who asked; null for the portal itself.</param>
/// <param name="Holder">Identifier of who was asked.</param>
/// <param name="Row">Row of the matrix.</param>
/// <param name="Purpose">Purpose in plain Japanese as it was asked; null where only the portal's record is known.</param>
/// <param name="Items">Identifiers of the items, where known.</param>
/// <param name="Asked">First step.</param>
/// <param name="Allowed">Second step.</param>
/// <param name="Sent">Third step.</param>
/// <param name="Received">Fourth step.</param>
/// <param name="Findings">Gaps and contradictions.</param>
public sealed record UseOfData(
    Guid RequestId,
    DateTimeOffset At,
    string? Requester,
    string Holder,
    string? Row,
    string? Purpose,
    IReadOnlyList<string> Items,
    UseStep Asked,
    UseStep Allowed,
    UseStep Sent,
    UseStep Received,
    IReadOnlyList<UseFinding> Findings);
