namespace MyPortal.Features.AccessLog.Uses;

/// <summary>Joins the portal's records with the hub's by the number of the request, and names what does not fit together.</summary>
/// <param name="Self">Identifier of the portal at the hub.</param>
/// <param name="Now">When the hub's record was fetched.</param>
/// <param name="ThisAsking">The request that fetched it.</param>
internal sealed record JoinUses(string Self, DateTimeOffset Now, Guid? ThisAsking)
{
    /// <summary>What is younger may still be under way, and the clocks of two machines are never quite the same.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>All requests, newest first. The portal's records must reach back as far as the hub's.</summary>
    public IReadOnlyList<UseOfData> Join(IReadOnlyList<PortalUse> portal, IReadOnlyList<HubRecord> hub)
    {
        // The hub gives its newest records only: the oldest request in a full answer may have lost its beginning, and what is
        // older than that says nothing.
        var from = hub.Count < HubRecord.MostGiven ? DateTimeOffset.MinValue : hub.Min(record => record.At) + Grace;
        var own = portal.ToDictionary(use => use.RequestId);
        var atHub = hub.GroupBy(record => record.RequestId).ToDictionary(group => group.Key, group => group.ToList());
        return [.. own.Keys.Union(atHub.Keys)
            .Select(id => Line(id, own.GetValueOrDefault(id), atHub.GetValueOrDefault(id), from))
            .OrderByDescending(use => use.At).ThenBy(use => use.RequestId)];
    }

    private UseOfData Line(Guid id, PortalUse? portal, List<HubRecord>? hub, DateTimeOffset from)
    {
        if (hub is null)
        {
            var isMissing = portal!.AskedAt >= from && Now - portal.AskedAt > Grace && !portal.MayBeUnknownToHub;
            return portal.Alone() with { Findings = isMissing ? [UseFinding.MissingAtHub] : [] };
        }

        var request = hub.Find(record => record.Event is "REQUEST") ?? hub[0];
        var allowed = StepOf(hub, "AUTHORISE", "DENY");
        var sent = StepOf(hub, "PROVIDE", null);
        var receipt = hub.FindLast(record => record.Event is "RECEIVE");
        var received = portal?.Received() ?? (receipt is null ? new UseStep(UseStepState.NotReached) : StepOf(receipt));
        var line = new UseOfData(
            id, portal?.AskedAt ?? request.At, request.Requester == Self ? null : request.Requester, request.Holder, request.Row, request.Purpose, request.Items,
            new UseStep(UseStepState.Done, portal?.AskedAt ?? request.At), allowed, sent, received, []);
        return line with { Findings = [.. FindingsOf(line, portal, receipt, from)] };
    }

    private IEnumerable<UseFinding> FindingsOf(UseOfData line, PortalUse? portal, HubRecord? receipt, DateTimeOffset from)
    {
        if (line.RequestId == ThisAsking)
        {
            yield return UseFinding.ThisAsking;
            yield break;
        }

        if (portal is null && line.Requester is null && line.At >= from)
        {
            yield return UseFinding.MissingAtPortal;
        }

        if (line.Sent.State is UseStepState.Done && line.Received.State is not UseStepState.Done && receipt is null && Now - line.At > Grace)
        {
            yield return UseFinding.SentNotReceived;
        }

        if (portal is { HasArrived: true } && line.Sent.State is not UseStepState.Done && line.At >= from)
        {
            yield return UseFinding.ReceivedNotSent;
        }

        if (portal is { Outcome: not null } && receipt is not null && portal.HasArrived != receipt.Outcome is "received")
        {
            yield return UseFinding.OutcomesDiffer;
        }
    }

    private static UseStep StepOf(List<HubRecord> hub, string done, string? refused) =>
        hub.FindLast(record => record.Event == done || record.Event == refused) is not { } last ? new UseStep(UseStepState.NotReached)
        : last.Event == done && last.Outcome is "OK" ? new UseStep(UseStepState.Done, last.At)
        : new UseStep(UseStepState.Refused, last.At, Code(last.Outcome));

    private static UseStep StepOf(HubRecord receipt) =>
        receipt.Outcome is "received" ? new UseStep(UseStepState.Done, receipt.At) : new UseStep(UseStepState.Refused, receipt.At, Code(receipt.Outcome));

    // As the portal writes them, so that one text serves both ends.
    private static string Code(string word) => "hub." + word.ToLowerInvariant().Replace('_', '-');
}
