using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Holders;

/// <summary>The holder's own access record of one request.</summary>
/// <param name="Event">PROVIDE, DENY, or ALARM when the hub came with a second code for a known request.</param>
/// <param name="At">When.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Code">The holder's own code of the person.</param>
/// <param name="Requester">Who asked.</param>
/// <param name="Row">Row of the matrix.</param>
/// <param name="Items">Items asked for.</param>
/// <param name="Outcome">What became of it.</param>
internal sealed record HolderRecord(string Event, DateTimeOffset At, Guid RequestId, string Code, string Requester, string Row, IReadOnlyList<string> Items, string Outcome);

/// <summary>Which requests the holder has seen, with which code, and what it did.</summary>
internal sealed class HolderBook
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly RecordChain<Claim> claims;
    private readonly RecordChain<HolderRecord> records;
    private readonly Dictionary<Guid, Claim> claimed;

    public HolderBook(DataFolder folder, TimeProvider clock)
    {
        this.clock = clock;
        claims = new RecordChain<Claim>(folder, "requests.jsonl");
        records = new RecordChain<HolderRecord>(folder, "access-records.jsonl");
        claimed = claims.All.ToDictionary(c => c.RequestId);
    }

    public IReadOnlyList<HolderRecord> Records => records.All;

    /// <summary>False when the request came before with another code or another core. The same again is a retry.</summary>
    public bool Claims(Guid requestId, string code, byte[] coreHash)
    {
        var claim = new Claim(requestId, code, Convert.ToHexStringLower(coreHash));
        lock (gate)
        {
            if (claimed.TryGetValue(requestId, out var first)) return first == claim;
            claims.Append(claim);
            claimed.Add(requestId, claim);
            return true;
        }
    }

    public void Write(string eventName, LinkageForm form, string outcome) => records.Append(new HolderRecord(
        eventName,
        clock.NowInMilliseconds(),
        form.Core.RequestId,
        form.Request.Code,
        form.Core.Requester,
        form.Core.RowId,
        form.Core.Items,
        outcome));

    internal sealed record Claim(Guid RequestId, string Code, string CoreHash);
}
