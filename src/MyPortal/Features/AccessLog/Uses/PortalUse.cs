namespace MyPortal.Features.AccessLog.Uses;

/// <summary>A request as the portal's own access records tell it.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="AskedAt">When the portal asked, UTC.</param>
/// <param name="AnsweredAt">When it ended; null while it is under way.</param>
/// <param name="Outcome"><c>ok:</c> and the number of values, or the code of what went wrong; null while it is under way.</param>
/// <param name="Holder">Identifier of who was asked.</param>
/// <param name="Row">Row of the matrix.</param>
internal sealed record PortalUse(Guid RequestId, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt, string? Outcome, string Holder, string? Row)
{
    public bool HasArrived => Outcome is { } outcome && (outcome is "ok" || outcome.StartsWith("ok:", StringComparison.Ordinal));

    /// <summary>Requests that never reached the hub leave nothing in its record.</summary>
    public bool MayBeUnknownToHub => Outcome is null or "hub.unavailable" or "hub.level-too-low" or "hub.given-up" or "hub.row-expired" or "hub.clock-skew" or "hub.sig-invalid" or "hub.replay" or "hub.schema";

    /// <summary>The line of a request as long as the hub's record is not here.</summary>
    public UseOfData Alone() => new(
        RequestId, AskedAt, null, Holder, Row, null, [],
        new UseStep(UseStepState.Done, AskedAt), new UseStep(UseStepState.Unknown), new UseStep(UseStepState.Unknown), Received(), []);

    public UseStep Received() =>
        Outcome is null ? new UseStep(UseStepState.NotReached)
        : HasArrived ? new UseStep(UseStepState.Done, AnsweredAt)
        : new UseStep(UseStepState.Refused, AnsweredAt, Outcome);
}
