using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Audit;

/// <summary>What a list of records is narrowed to; null asks for everything.</summary>
/// <param name="Person">Identifier of who acted or whose data it was.</param>
/// <param name="Thing">Identifier of what was touched.</param>
/// <param name="From">Not before.</param>
/// <param name="Until">Before.</param>
internal sealed record RecordFilter(Guid? Person = null, Guid? Thing = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>A record as the list shows it.</summary>
/// <param name="Record">The record, which has its place in the chain.</param>
/// <param name="Change">Before, after and reason, where the act has them.</param>
/// <param name="IsAltered">Whether the words beside the record are gone or are not those that were recorded.</param>
internal sealed record ListedRecord(AccessRecord Record, Change? Change, bool IsAltered);

/// <summary>One page of records, newest first.</summary>
/// <param name="Records">The records.</param>
/// <param name="Older">Place from which the next older page counts; null on the last page.</param>
internal sealed record RecordPage(IReadOnlyList<ListedRecord> Records, long? Older);

/// <summary>
/// Reads records that have their place in the chain, page by page along the places, so that a page costs the same however many records
/// there are. The caller answers for who may read them and writes a record of its own.
/// </summary>
internal sealed class ReadAccessRecords(ChangeTrail changes)
{
    public const int PageSize = 30;

    /// <summary>What every check of the chain is recorded against, so that the last one is found at once.</summary>
    public static readonly Guid Chain = new("00000000-0000-7000-8000-00000000c4a1");

    public async Task<RecordPage> ListAsync(PortalDbContext db, RecordFilter filter, long? before, CancellationToken cancellationToken)
    {
        var records = db.Set<AccessRecord>().AsNoTracking().Where(record => record.Sequence != null);
        if (filter.Person is { } person)
        {
            var citizen = CitizenId.From(person);
            records = records.Where(record => record.ActorId == person || record.Subject == citizen);
        }

        if (filter.Thing is { } thing)
        {
            records = records.Where(record => record.ObjectId == thing);
        }

        if (filter.From is { } from)
        {
            records = records.Where(record => record.At >= from);
        }

        if (filter.Until is { } until)
        {
            records = records.Where(record => record.At < until);
        }

        if (before is { } place)
        {
            records = records.Where(record => record.Sequence < place);
        }

        var found = await records.OrderByDescending(record => record.Sequence).Take(PageSize + 1).ToListAsync(cancellationToken);
        var shown = found.Take(PageSize).ToList();
        var ids = shown.Where(ChangeTrail.IsExpectedFor).Select(record => record.Id).ToList();
        var words = await db.Set<ChangeRecord>().AsNoTracking().Where(change => ids.Contains(change.RecordId)).ToDictionaryAsync(change => change.RecordId, cancellationToken);
        return new RecordPage([.. shown.Select(record => ListedOf(record, words.GetValueOrDefault(record.Id)))], found.Count > PageSize ? shown[^1].Sequence : null);
    }

    /// <summary>The latest check of the whole chain; null when there was none.</summary>
    public static Task<AccessRecord?> LastCheckAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        db.Set<AccessRecord>().AsNoTracking().Where(record => record.ObjectId == Chain).OrderByDescending(record => record.At).FirstOrDefaultAsync(cancellationToken);

    private ListedRecord ListedOf(AccessRecord record, ChangeRecord? words)
    {
        var change = words is null ? null : changes.TryOpen(record, words);
        return new ListedRecord(record, change, ChangeTrail.IsExpectedFor(record) && change is null);
    }
}
