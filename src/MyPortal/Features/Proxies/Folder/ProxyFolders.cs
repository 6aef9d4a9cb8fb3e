using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Proxies.Folder;

/// <summary>
/// Resolves the folder in an address for whoever asks. Somebody else's folder, and one that was never opened, are not there. Naming the
/// folder's owner to its proxy leaves no record: it is in the proxy's own header, like a display name.
/// </summary>
internal sealed class ProxyFolders(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, ISenderDirectory senders, TimeProvider clock)
{
    public async Task<Result<ProxyFolder>> ResolveAsync(Viewer viewer, MandateId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mandate = await db.Set<Mandate>().AsNoTracking().SingleOrDefaultAsync(
            found => found.Id == id && found.Proxy == viewer.Citizen
                && (found.State == MandateState.Active || found.State == MandateState.Stopped || found.State == MandateState.StoppedSilently),
            cancellationToken);
        if (mandate is null)
        {
            return MandateErrors.NotFound;
        }

        var isSuspended = await MandatesInForce.IsSuspendedAsync(db, id, cancellationToken);
        var senderIds = await db.Set<MandateSender>().Where(sender => sender.MandateId == id).Select(sender => sender.SenderId).ToListAsync(cancellationToken);
        var topics = await db.Set<MandateTopic>().Where(topic => topic.MandateId == id).Select(topic => topic.Topic).ToListAsync(cancellationToken);
        var cards = await senders.FindAsync(db, senderIds, cancellationToken);
        using var key = await keys.OpenAsync(db, viewer.Citizen, cancellationToken);
        var (state, until) = StateOf(mandate, isSuspended, clock.Now());
        return new ProxyFolder(
            new FolderViewer(viewer, id, mandate.Principal, mandate.State is MandateState.StoppedSilently),
            state,
            ProxyCopy.OpenWith(key, mandate).PrincipalName,
            [.. cards.Values.Select(card => card.Name).Order(StringComparer.Ordinal)],
            topics,
            until,
            mandate.State is MandateState.Active ? mandate.Unread : 0);
    }

    private static (FolderState, DateTimeOffset) StateOf(Mandate mandate, bool isSuspended, DateTimeOffset now) => mandate switch
    {
        { State: MandateState.Stopped } => (FolderState.Ended, mandate.EndedAt ?? now),
        _ when mandate.ValidUntil <= now => (FolderState.Ended, mandate.ValidUntil),
        _ when isSuspended => (FolderState.Suspended, mandate.ValidUntil),
        _ => (FolderState.Open, mandate.ValidUntil),
    };
}

/// <summary>The folder in the address of the current request, resolved once however many parts of a page ask.</summary>
internal sealed class RequestFolder(ProxyFolders folders, CurrentViewer viewer, IHttpContextAccessor http)
{
    private Task<ProxyFolder?>? resolved;

    /// <summary>Null when the address names none, or none that the viewer has.</summary>
    public Task<ProxyFolder?> FindAsync(CancellationToken cancellationToken) => resolved ??= ResolveAsync(cancellationToken);

    private async Task<ProxyFolder?> ResolveAsync(CancellationToken cancellationToken)
    {
        if (http.HttpContext?.Request.Path.StartsWithSegments("/p", StringComparison.OrdinalIgnoreCase, out var rest) is not true
            || viewer.OrNull is not { Level: >= AssuranceLevel.Verified } who
            || rest.Value?.Split('/') is not ["", var folder, ..]
            || !Guid.TryParse(folder, out var id))
        {
            return null;
        }

        var result = await folders.ResolveAsync(who, MandateId.From(id), cancellationToken);
        return result.IsRefused ? null : result.Value;
    }
}
