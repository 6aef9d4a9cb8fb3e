using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.AccessLog.Uses;
using MyPortal.Features.Proxies.Public;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.AccessLog;

/// <summary>Which part of a list: the newest, or what lies just before or behind a position.</summary>
internal sealed record RecordQuery(ListPosition? OlderThan = null, ListPosition? NewerThan = null)
{
    public int PageSize { get; init; } = 20;
}

/// <summary>A part of a list, newest first, with the positions of its neighbours where there are any.</summary>
internal sealed record RecordPage<T>(IReadOnlyList<T> Rows, ListPosition? Newer, ListPosition? Older);

/// <summary>Something the portal recorded about the viewer.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Event">What.</param>
/// <param name="By">Who did it.</param>
/// <param name="Outcome"><c>ok</c>, or the code of a refusal.</param>
internal sealed record PortalAct(DateTimeOffset At, AccessEvent Event, ActingParty By, string Outcome);

/// <summary>Who did something, as the person it concerns may know it.</summary>
/// <param name="Kind">What kind of party.</param>
/// <param name="IsAnother">Whether it was another person than the one it concerns.</param>
/// <param name="ProxyName">The certified name of that person, once a mandate has told it.</param>
internal sealed record ActingParty(ActorKind Kind, bool IsAnother = false, string? ProxyName = null);

/// <summary>Reads the portal's own access records about the viewer. Reading them is recorded, too.</summary>
internal sealed class ListRecords(IDbContextFactory<PortalDbContext> databases, IProxyNames proxies, AuditTrail audit)
{
    /// <summary>Requests to information holders.</summary>
    public async Task<RecordPage<PortalUse>> ListUsesAsync(Viewer viewer, RecordQuery query, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var page = await PageAsync(Own(db, viewer).Where(record => record.Event == AccessEvent.HolderAsked), query, cancellationToken);
        var uses = await WithOutcomesAsync(db, viewer, page.Rows, cancellationToken);
        await RecordAsync(db, viewer, uses.Count, cancellationToken);
        return new RecordPage<PortalUse>(uses, page.Newer, page.Older);
    }

    /// <summary>The newest requests, for the home page. Leaves no record: nothing is opened, and each visit of the home page would fill the list.</summary>
    public async Task<IReadOnlyList<PortalUse>> ListLastUsesAsync(Viewer viewer, int count, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var page = await PageAsync(Own(db, viewer).Where(record => record.Event == AccessEvent.HolderAsked), new RecordQuery { PageSize = count }, cancellationToken);
        return await WithOutcomesAsync(db, viewer, page.Rows, cancellationToken);
    }

    /// <summary>Everything else: logins, notices, changes.</summary>
    public async Task<RecordPage<PortalAct>> ListActsAsync(Viewer viewer, RecordQuery query, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var page = await PageAsync(Own(db, viewer).Where(record => record.Event != AccessEvent.HolderAsked && record.Event != AccessEvent.HolderAnswered), query, cancellationToken);
        var names = await proxies.OfAsync(viewer, [.. page.Rows.Where(IsAnothers).Select(record => CitizenId.From(record.ActorId!.Value)).Distinct()], cancellationToken);
        await RecordAsync(db, viewer, page.Rows.Count, cancellationToken);
        return new RecordPage<PortalAct>([.. page.Rows.Select(record => new PortalAct(record.At, record.Event, PartyOf(record, names), record.Outcome))], page.Newer, page.Older);
    }

    // Records are about their subject; a citizen who acts on another one's data does it as a proxy, or on the way to become one.
    private static bool IsAnothers(AccessRecord record) => record is { ActorKind: ActorKind.Citizen, ActorId: { } actor } && actor != record.Subject?.Value;

    private static ActingParty PartyOf(AccessRecord record, IReadOnlyDictionary<CitizenId, string> names) =>
        IsAnothers(record) ? new ActingParty(ActorKind.Citizen, IsAnother: true, names.GetValueOrDefault(CitizenId.From(record.ActorId!.Value))) : new ActingParty(record.ActorKind);

    private static IQueryable<AccessRecord> Own(PortalDbContext db, Viewer viewer) => db.Set<AccessRecord>().AsNoTracking().Where(record => record.Subject == viewer.Owner);

    private static async Task<RecordPage<AccessRecord>> PageAsync(IQueryable<AccessRecord> records, RecordQuery query, CancellationToken cancellationToken)
    {
        // One row more than shown tells whether there is a further page.
        if (query.NewerThan is { } newerThan)
        {
            var found = await records.Where(record => record.At > newerThan.At || (record.At == newerThan.At && record.Id.CompareTo(newerThan.Id) > 0))
                .OrderBy(record => record.At).ThenBy(record => record.Id).Take(query.PageSize + 1).ToListAsync(cancellationToken);
            var rows = found.Take(query.PageSize).Reverse().ToList();
            return new RecordPage<AccessRecord>(rows, found.Count > query.PageSize ? PositionOf(rows[0]) : null, rows.Count > 0 ? PositionOf(rows[^1]) : null);
        }

        if (query.OlderThan is { } olderThan)
        {
            records = records.Where(record => record.At < olderThan.At || (record.At == olderThan.At && record.Id.CompareTo(olderThan.Id) < 0));
        }

        var newest = await records.OrderByDescending(record => record.At).ThenByDescending(record => record.Id).Take(query.PageSize + 1).ToListAsync(cancellationToken);
        var page = newest.Take(query.PageSize).ToList();
        return new RecordPage<AccessRecord>(
            page,
            query.OlderThan is not null && page.Count > 0 ? PositionOf(page[0]) : null,
            newest.Count > query.PageSize ? PositionOf(page[^1]) : null);
    }

    private static async Task<IReadOnlyList<PortalUse>> WithOutcomesAsync(PortalDbContext db, Viewer viewer, IReadOnlyList<AccessRecord> asked, CancellationToken cancellationToken)
    {
        if (asked.Count is 0)
        {
            return [];
        }

        var oldest = asked[^1].At;
        var requests = asked.Select(record => record.ObjectId).ToList();
        var answered = await Own(db, viewer).Where(record => record.At >= oldest && record.Event == AccessEvent.HolderAnswered && requests.Contains(record.ObjectId)).ToListAsync(cancellationToken);
        return [.. asked.Select(record =>
        {
            var end = answered.Find(one => one.ObjectId == record.ObjectId);
            return new PortalUse(record.ObjectId ?? record.Id, record.At, end?.At, end?.Outcome, record.Holder ?? "", record.Row);
        })];
    }

    private async Task RecordAsync(PortalDbContext db, Viewer viewer, int rows, CancellationToken cancellationToken)
    {
        audit.Add(db, AccessEvent.AccessLogListed, Actor.Citizen(viewer.Citizen), viewer.Owner, outcome: string.Create(CultureInfo.InvariantCulture, $"{AuditTrail.Ok}:{rows}"));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static ListPosition PositionOf(AccessRecord record) => new(record.At, record.Id);
}
