using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Records;

/// <summary>A page of records with the names of the operators on it, and what is only counted.</summary>
internal sealed record RecordsView(RecordPage Page, IReadOnlyDictionary<Guid, string> Names, ChainCheck? LastCheck, IReadOnlyList<UnknownCallerLine> UnknownCallers);

/// <summary>Lets an auditor read who did what, and check the chain. Reading is an act that is recorded like any other.</summary>
internal sealed class ReadRecords(IDbContextFactory<PortalDbContext> databases, ReadAccessRecords records, VerifyAccessRecords verify, StoreUnknownCallers unknown, IOperatorNames names, AuditTrail audit)
{
    private const int MostUnknownCallers = 20;

    public async Task<RecordsView> ExecuteAsync(ActingOperator by, RecordFilter filter, long? before, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var page = await records.ListAsync(db, filter, before, cancellationToken);
        var last = await ReadAccessRecords.LastCheckAsync(db, cancellationToken);
        var callers = await unknown.LargestAsync(db, MostUnknownCallers, cancellationToken);
        audit.Add(db, AccessEvent.RecordsListed, by.Actor, outcome: $"{AuditTrail.Ok}:{page.Records.Count}");
        await db.SaveChangesAsync(cancellationToken);
        var operators = page.Records.Where(listed => listed.Record.ActorKind is ActorKind.Operator).Select(listed => OperatorId.From(listed.Record.ActorId!.Value)).Distinct().ToList();
        var labels = await names.FindAsync(by, operators, cancellationToken);
        return new RecordsView(page, labels.ToDictionary(label => label.Key.Value, label => label.Value), last is null ? null : ChainCheck.Of(last), callers);
    }

    /// <summary>Walks the whole chain and records what was found.</summary>
    public async Task<AuditVerdict> CheckAsync(ActingOperator by, CancellationToken cancellationToken)
    {
        var verdict = (await verify.ExecuteAsync(cancellationToken)).Verdict;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        audit.Add(db, AccessEvent.ChainChecked, by.Actor, objectId: ReadAccessRecords.Chain, outcome: ChainCheck.OutcomeOf(verdict));
        await db.SaveChangesAsync(cancellationToken);
        return verdict;
    }
}
