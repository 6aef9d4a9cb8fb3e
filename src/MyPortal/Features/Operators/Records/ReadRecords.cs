using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Records;

/// <summary>The latest check of the chain.</summary>
/// <param name="At">When.</param>
/// <param name="FirstBad">Place of the first record that is not what was sealed; null when all are.</param>
internal sealed record ChainCheck(DateTimeOffset At, long? FirstBad);

/// <summary>A page of records with the names of the operators on it.</summary>
internal sealed record RecordsView(RecordPage Page, IReadOnlyDictionary<Guid, string> Names, ChainCheck? LastCheck);

/// <summary>Lets an auditor read who did what, and check the chain. Reading is an act that is recorded like any other.</summary>
internal sealed class ReadRecords(IDbContextFactory<PortalDbContext> databases, ReadAccessRecords records, VerifyAccessRecords verify, IOperatorNames names, AuditTrail audit)
{
    private const string BadChain = "audit.chain-bad:";

    public async Task<RecordsView> ExecuteAsync(ActingOperator by, RecordFilter filter, long? before, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var page = await records.ListAsync(db, filter, before, cancellationToken);
        var last = await ReadAccessRecords.LastCheckAsync(db, cancellationToken);
        audit.Add(db, AccessEvent.RecordsListed, by.Actor, outcome: $"{AuditTrail.Ok}:{page.Records.Count}");
        await db.SaveChangesAsync(cancellationToken);
        var operators = page.Records.Where(listed => listed.Record.ActorKind is ActorKind.Operator).Select(listed => OperatorId.From(listed.Record.ActorId!.Value)).Distinct().ToList();
        var labels = await names.FindAsync(by, operators, cancellationToken);
        return new RecordsView(page, labels.ToDictionary(label => label.Key.Value, label => label.Value), last is null ? null : CheckOf(last));
    }

    /// <summary>Walks the whole chain and records what was found.</summary>
    public async Task<AuditVerdict> CheckAsync(ActingOperator by, CancellationToken cancellationToken)
    {
        var verdict = await verify.ExecuteAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var outcome = verdict.FirstBad is { } bad ? FormattableString.Invariant($"{BadChain}{bad}") : FormattableString.Invariant($"{AuditTrail.Ok}:{verdict.Checked}");
        audit.Add(db, AccessEvent.ChainChecked, by.Actor, objectId: ReadAccessRecords.Chain, outcome: outcome);
        await db.SaveChangesAsync(cancellationToken);
        return verdict;
    }

    private static ChainCheck CheckOf(AccessRecord record) => new(
        record.At,
        record.Outcome.StartsWith(BadChain, StringComparison.Ordinal) ? long.Parse(record.Outcome.AsSpan(BadChain.Length), System.Globalization.CultureInfo.InvariantCulture) : null);
}
