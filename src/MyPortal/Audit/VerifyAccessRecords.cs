using Microsoft.EntityFrameworkCore;
using MyPortal.Data;

namespace MyPortal.Audit;

/// <summary>
/// Walks the whole chain in batches and checks every record, the words beside it, every signature over its end and every anchor. Not
/// called on behalf of a citizen: it is the operator's command.
/// </summary>
/// <remarks>
/// It sees one state of the database although others write meanwhile: what has its place never changes again, so the walk ends at the
/// seal that was the newest when it began. No transaction stays open for it, which on the embedded database would keep the log from
/// being taken in, and on a server old rows from being cleared, as long as the walk lasts.
/// </remarks>
internal sealed class VerifyAccessRecords(IDbContextFactory<PortalDbContext> databases, RecorderKey recorderKey, AuditOptions options)
{
    /// <summary>Most records that are in memory at once.</summary>
    internal const int Batch = 1_000;

    public async Task<AuditReport> ExecuteAsync(CancellationToken cancellationToken)
    {
        // In this order: an anchor is written after its seal, and a seal is committed with its records. So whatever is found later can
        // only be further on, unless somebody took something away.
        var (anchors, missing) = ReadAnchors();
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var highest = await db.Set<AccessRecord>().MaxAsync(record => record.Sequence, cancellationToken) ?? 0;
            var end = await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(seal => seal.Sequence).FirstOrDefaultAsync(cancellationToken);
            var walk = new ChainWalk(recorderKey, anchors, end);
            var verdict = await WalkAsync(db, walk, cancellationToken) ?? walk.Finish(highest);
            var waiting = db.Set<AccessRecord>().Where(record => record.Sequence == null);
            return new AuditReport(
                verdict,
                anchors,
                missing,
                await waiting.CountAsync(cancellationToken),
                await waiting.MinAsync(record => (DateTimeOffset?)record.At, cancellationToken));
        }
        finally
        {
            anchors.ForEach(check => check.Dispose());
        }
    }

    private (List<AnchorCheck> Anchors, List<string> Missing) ReadAnchors()
    {
        var files = new[] { options.AnchorFile! }.Concat(options.FurtherAnchors).Distinct(StringComparer.Ordinal).Select(path => (Path: path, Summary: new AnchorFile(path).Summarise())).ToList();
        return ([.. files.Select(file => file.Summary).OfType<AnchorSummary>().Select(summary => new AnchorCheck(summary))], [.. files.Where(file => file.Summary is null).Select(file => file.Path)]);
    }

    private static async Task<AuditVerdict?> WalkAsync(PortalDbContext db, ChainWalk walk, CancellationToken cancellationToken)
    {
        while (walk.Place < walk.End)
        {
            var from = walk.Place;
            var to = Math.Min(from + Batch, walk.End);

            // The place is unique while the index is there; whoever took it away may have given one place to many records.
            var records = await db.Set<AccessRecord>().AsNoTracking().Where(record => record.Sequence > from && record.Sequence <= to)
                .OrderBy(record => record.Sequence).Take(Batch + 1).ToListAsync(cancellationToken);
            var seals = await db.Set<AuditSeal>().AsNoTracking().Where(seal => seal.Sequence > from && seal.Sequence <= to).ToDictionaryAsync(seal => seal.Sequence, cancellationToken);
            var changes = await ChangesOfAsync(db, records, cancellationToken);
            foreach (var record in records)
            {
                if (!walk.TryPass(record, changes.GetValueOrDefault(record.Id), seals.GetValueOrDefault(walk.Place + 1)))
                {
                    return AuditVerdict.BrokenAt(walk.Place + 1);
                }
            }

            if (walk.Place < to)
            {
                return AuditVerdict.BrokenAt(walk.Place + 1);
            }
        }

        return null;
    }

    private static async Task<Dictionary<Guid, ChangeRecord>> ChangesOfAsync(PortalDbContext db, IEnumerable<AccessRecord> records, CancellationToken cancellationToken)
    {
        var ids = records.Where(ChangeTrail.IsExpectedFor).Select(record => record.Id).ToList();
        return ids.Count is 0
            ? []
            : await db.Set<ChangeRecord>().AsNoTracking().Where(change => ids.Contains(change.RecordId)).ToDictionaryAsync(change => change.RecordId, cancellationToken);
    }
}
