using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents.Keeping;

/// <summary>A tab of the list.</summary>
internal enum ConsentTab
{
    Requests,
    Active,
    Over,
}

/// <summary>What is asked for.</summary>
/// <param name="Tab">Which part.</param>
/// <param name="Before">Only what was asked before this one; null from the newest on.</param>
internal sealed record ConsentQuery(ConsentTab Tab, ListPosition? Before = null)
{
    /// <summary>Most rows.</summary>
    public int PageSize { get; init; } = 20;
}

/// <summary>One row.</summary>
/// <param name="Id">Identifier of the consent.</param>
/// <param name="Business">Who asked.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Items">How many items were asked for.</param>
/// <param name="State">How far it is.</param>
/// <param name="RequestedAt">When it was asked, UTC.</param>
/// <param name="LapsesAt">Until when it can be decided, UTC.</param>
/// <param name="ExpiresAt">End of a granted one, UTC.</param>
/// <param name="EndedAt">When it was withdrawn, replaced or revoked, UTC.</param>
/// <param name="IsOver">Neither waits nor stands.</param>
public sealed record ConsentRow(
    Guid Id, string Business, SaidText Purpose, int Items, ConsentState State, DateTimeOffset RequestedAt, DateTimeOffset LapsesAt, DateTimeOffset? ExpiresAt, DateTimeOffset? EndedAt, bool IsOver);

/// <summary>A page of the list.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Waiting">Requests that wait.</param>
/// <param name="Active">Consents that stand.</param>
/// <param name="EndSoon">Of those, how many end within 30 days.</param>
/// <param name="Older">Where the next page begins; null on the last one.</param>
internal sealed record ConsentList(IReadOnlyList<ConsentRow> Rows, int Waiting, int Active, int EndSoon, ListPosition? Older);

/// <summary>Lists what the citizen was asked, gave and ended.</summary>
internal sealed class ListConsents(IDbContextFactory<PortalDbContext> databases, ISenderDirectory senders, CitizenKeys keys, AuditTrail audit, TimeProvider clock) : IConsentCounters
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public async Task<int> WaitingAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Of(db, viewer, ConsentTab.Requests, clock.Now()).CountAsync(cancellationToken);
    }

    public async Task<ConsentList> ExecuteAsync(Viewer viewer, ConsentQuery query, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var tab = Of(db, viewer, query.Tab, now);
        var page = query.Before is var (before, beforeId) ? Behind(tab, before, ConsentId.From(beforeId)) : tab;
        var found = await page.OrderByDescending(consent => consent.RequestedAt).ThenByDescending(consent => consent.Id).Take(query.PageSize + 1).ToListAsync(cancellationToken);
        var shown = found.Take(query.PageSize).ToList();
        var cards = await senders.FindAsync(db, [.. shown.Select(consent => consent.SenderId).Distinct()], cancellationToken);
        var soon = now + Soon;
        var list = new ConsentList(
            await RowsAsync(db, viewer, shown, cards, now, cancellationToken),
            await Of(db, viewer, ConsentTab.Requests, now).CountAsync(cancellationToken),
            await Of(db, viewer, ConsentTab.Active, now).CountAsync(cancellationToken),
            await Of(db, viewer, ConsentTab.Active, now).CountAsync(consent => consent.ExpiresAt < soon, cancellationToken),
            found.Count > query.PageSize ? new ListPosition(shown[^1].RequestedAt, shown[^1].Id.Value) : null);
        audit.Add(db, AccessEvent.ConsentRead, Actor.Citizen(viewer.Citizen), viewer.Owner, outcome: $"{AuditTrail.Ok}:{shown.Count}");
        await db.SaveChangesAsync(cancellationToken);
        return list;
    }

    private static IQueryable<Consent> Behind(IQueryable<Consent> consents, DateTimeOffset at, ConsentId id) =>
        consents.Where(consent => consent.RequestedAt < at || (consent.RequestedAt == at && consent.Id.CompareTo(id) < 0));

    private static IQueryable<Consent> Of(PortalDbContext db, Viewer viewer, ConsentTab tab, DateTimeOffset now)
    {
        var own = db.Set<Consent>().AsNoTracking().Where(consent => consent.Owner == viewer.Owner);
        return tab switch
        {
            ConsentTab.Requests => own.Where(consent => consent.State == ConsentState.Requested && consent.LapsesAt > now),
            ConsentTab.Active => own.Where(consent => consent.State == ConsentState.Granted && consent.ExpiresAt > now),
            _ => own.Where(consent => consent.State != ConsentState.UnderLaw
                && !(consent.State == ConsentState.Requested && consent.LapsesAt > now) && !(consent.State == ConsentState.Granted && consent.ExpiresAt > now)),
        };
    }

    private async Task<IReadOnlyList<ConsentRow>> RowsAsync(
        PortalDbContext db, Viewer viewer, List<Consent> consents, IReadOnlyDictionary<SenderId, SenderCard> cards, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (consents.Count is 0)
        {
            return [];
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        return
        [
            .. from consent in consents
               let claims = key.OpenClaims(consent)
               let isOver = !consent.IsWaiting(now) && !consent.IsActive(now)
               select new ConsentRow(
                   consent.Id.Value, cards[consent.SenderId].Name, SaidText.Of(claims.Purpose), claims.Items.Count, consent.State,
                   consent.RequestedAt, consent.LapsesAt, consent.ExpiresAt, consent.EndedAt, isOver),
        ];
    }
}
