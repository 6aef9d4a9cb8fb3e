using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Hub;

/// <summary>One event of a request, as the hub saw it. There is no idCode in it: a leak of the file names nobody.</summary>
/// <param name="Event">REQUEST, AUTHORISE, DENY, PROVIDE or RECEIVE.</param>
/// <param name="At">When.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Requester">Who asked.</param>
/// <param name="Holder">Who was asked.</param>
/// <param name="Row">Row of the matrix.</param>
/// <param name="Purpose">Purpose in plain Japanese.</param>
/// <param name="Items">Items asked for.</param>
/// <param name="Outcome">What became of it: <c>OK</c> or the code of a refusal.</param>
/// <param name="Person">The person's code at the hub itself; null when the hub could not tell.</param>
/// <param name="CiphertextHash">SHA-256 of the sealed answer that passed, lower-case hex.</param>
/// <param name="Size">Its length.</param>
internal sealed record HubRecord(
    string Event,
    DateTimeOffset At,
    Guid RequestId,
    string Requester,
    string Holder,
    string Row,
    string Purpose,
    IReadOnlyList<string> Items,
    string Outcome,
    string? Person = null,
    string? CiphertextHash = null,
    int? Size = null);

/// <summary>A receipt as it came, and whether it says what the hub saw.</summary>
/// <param name="At">When.</param>
/// <param name="From">From which end.</param>
/// <param name="Receipt">The receipt.</param>
/// <param name="Agrees">Whether its hash is that of the answer the hub relayed.</param>
internal sealed record HubReceipt(DateTimeOffset At, string From, LinkageReceipt Receipt, bool Agrees);

/// <summary>The hub's own access records. Only hash and size of an answer are kept, never the answer.</summary>
internal sealed class HubRecorder(DataFolder folder, TimeProvider clock)
{
    public const string Ok = "OK";

    private readonly RecordChain<HubRecord> records = new(folder, "access-records.jsonl");
    private readonly RecordChain<HubReceipt> receipts = new(folder, "receipts.jsonl");

    public void Write(string eventName, LinkageCore core, string? person, string outcome, byte[]? ciphertextHash = null, int? size = null) => records.Append(new HubRecord(
        eventName,
        clock.NowInMilliseconds(),
        core.RequestId,
        core.Requester,
        core.Holder,
        core.RowId,
        core.Purpose,
        core.Items,
        outcome,
        person,
        ciphertextHash is null ? null : Convert.ToHexStringLower(ciphertextHash),
        size));

    /// <summary>False when the sender is at neither end of that request.</summary>
    public bool Accept(string sender, LinkageReceipt receipt)
    {
        var known = records.All.Where(r => r.RequestId == receipt.RequestId).ToList();
        if (known.LastOrDefault(r => r.Requester == sender || r.Holder == sender) is not { } last) return false;

        var hash = Convert.ToHexStringLower(receipt.CiphertextHash);
        // The holder's receipt may overtake its answer: then there is nothing yet to compare with.
        var relayed = known.LastOrDefault(r => r.Event is "PROVIDE" && r.CiphertextHash is not null)?.CiphertextHash;
        receipts.Append(new HubReceipt(clock.NowInMilliseconds(), sender, receipt, relayed is null || relayed == hash));
        if (sender == last.Requester)
        {
            records.Append(last with { Event = "RECEIVE", At = clock.NowInMilliseconds(), Outcome = receipt.Outcome, CiphertextHash = hash, Size = receipt.Size });
        }
        return true;
    }

    public IReadOnlyList<HubRecord> About(string person) => [.. records.All.Where(r => r.Person == person)];
}
