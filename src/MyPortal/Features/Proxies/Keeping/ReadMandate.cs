using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Features.Notices.Public;
using MyPortal.Features.Proxies.Accepting;
using MyPortal.Features.SignIn.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Proxies.Keeping;

/// <summary>A notice that went into a folder, as the principal sees it.</summary>
/// <param name="Title">Title; null when the stored bytes are not what was sealed.</param>
/// <param name="Language">HTML language of the title.</param>
/// <param name="DeliveredAt">When the proxy got it, UTC.</param>
/// <param name="OpenedAt">When the proxy opened it first, UTC; null when never.</param>
internal sealed record DeliveredItem(string? Title, string? Language, DateTimeOffset DeliveredAt, DateTimeOffset? OpenedAt);

/// <summary>A mandate as its two people see it.</summary>
/// <param name="Id">Which.</param>
/// <param name="State">How far it is.</param>
/// <param name="Lines">The mandate text, line by line.</param>
/// <param name="PrincipalName">Name of the principal.</param>
/// <param name="ProxyName">The proxy's name: certified once the proxy signed.</param>
/// <param name="InvitedUntil">End of the invitation, UTC.</param>
/// <param name="ValidFrom">When it took effect, UTC.</param>
/// <param name="ValidUntil">Its last moment, UTC.</param>
/// <param name="EndedAt">When it was ended, UTC.</param>
/// <param name="Items">The newest notices in the folder; for the principal only.</param>
internal sealed record MandateView(
    MandateId Id,
    MandateState State,
    IReadOnlyList<string> Lines,
    string PrincipalName,
    string ProxyName,
    DateTimeOffset InvitedUntil,
    DateTimeOffset? ValidFrom,
    DateTimeOffset ValidUntil,
    DateTimeOffset? EndedAt,
    IReadOnlyList<DeliveredItem> Items)
{
    /// <summary>The text to be signed.</summary>
    public TextToSign ToSign(SigningRole role) => new(TakeMandateSignature.MandateKind, Id.Value, role, string.Join('\n', Lines));
}

/// <summary>Opens one mandate for its principal, or for the proxy who claimed its invitation.</summary>
internal sealed class ReadMandate(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, INoticeReader notices, AuditTrail audit, TimeProvider clock)
{
    private const int ItemsShown = 50;

    /// <summary>The viewer's own mandate, with what the proxy got.</summary>
    public async Task<Result<MandateView>> AsPrincipalAsync(Viewer viewer, MandateId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mandate = await db.Set<Mandate>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.Principal == viewer.Citizen, cancellationToken);
        return mandate is null ? MandateErrors.NotFound : await OpenAsync(db, viewer, mandate, await ItemsAsync(db, viewer, id, cancellationToken), cancellationToken);
    }

    /// <summary>The invitation the viewer claimed, until it is signed or over.</summary>
    public async Task<Result<MandateView>> AsInvitedAsync(Viewer viewer, MandateId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var latest = Mandate.InvitationLife.LatestEnd(now);
        var mandate = await db.Set<Mandate>().AsNoTracking().SingleOrDefaultAsync(
            found => found.Id == id && found.Proxy == viewer.Citizen
                && ((found.State == MandateState.Claimed && found.InvitedUntil > now && found.InvitedUntil <= latest) || (found.State == MandateState.Accepted && found.ValidUntil > now)),
            cancellationToken);
        return mandate is null ? MandateErrors.NotFound : await OpenAsync(db, viewer, mandate, [], cancellationToken);
    }

    private async Task<Result<MandateView>> OpenAsync(PortalDbContext db, Viewer viewer, Mandate mandate, IReadOnlyList<DeliveredItem> items, CancellationToken cancellationToken)
    {
        using var key = await keys.OpenAsync(db, mandate.Principal, cancellationToken);
        var terms = MandateTerms.OpenWith(key, mandate);
        var proxyName = ReadMandates.ProxyNameOf(key, mandate);
        audit.Add(db, AccessEvent.MandateRead, Actor.Citizen(viewer.Citizen), mandate.Principal, mandate.Id.Value);
        await db.SaveChangesAsync(cancellationToken);
        return new MandateView(
            mandate.Id, mandate.State, terms.Text.Split('\n'), terms.PrincipalName, proxyName, mandate.InvitedUntil, mandate.ValidFrom, mandate.ValidUntil, mandate.EndedAt, items);
    }

    private async Task<IReadOnlyList<DeliveredItem>> ItemsAsync(PortalDbContext db, Viewer viewer, MandateId id, CancellationToken cancellationToken)
    {
        var items = await db.Set<FolderItem>().AsNoTracking().Where(item => item.MandateId == id).OrderByDescending(item => item.Position).Take(ItemsShown).ToListAsync(cancellationToken);
        var faces = await notices.HeadsAsync(db, viewer.Citizen, [.. items.Select(item => item.NoticeId)], cancellationToken);
        return [.. items.Select(item =>
        {
            var face = faces.GetValueOrDefault(item.NoticeId);
            return new DeliveredItem(face?.Title, face?.Language, item.DeliveredAt, item.FirstOpenedAt);
        })];
    }
}
