using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Identity;

namespace MyPortal.Hub;

/// <summary>
/// The portal's own access record of every question: REQUEST before anything leaves the portal, RECEIVE with what became of it. Hub and
/// holder write theirs; the requestId joins them.
/// </summary>
internal sealed class HubRecords(IDbContextFactory<PortalDbContext> databases, AuditTrail audit)
{
    public Task AskedAsync(Viewer viewer, Guid requestId, HolderQuery question, CancellationToken cancellationToken) =>
        AddAsync(AccessEvent.HolderAsked, viewer, requestId, question, $"{AuditTrail.Ok}:{question.Row.Items.Count}", cancellationToken);

    /// <summary>Is written even when the person has left meanwhile.</summary>
    public Task AnsweredAsync(Viewer viewer, Guid requestId, HolderQuery question, string outcome) =>
        AddAsync(AccessEvent.HolderAnswered, viewer, requestId, question, outcome, CancellationToken.None);

    private async Task AddAsync(AccessEvent what, Viewer viewer, Guid requestId, HolderQuery question, string outcome, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        audit.AddLinkage(db, what, viewer.Owner, requestId, question.Row.Holder, question.Row.RowId, outcome);
        await db.SaveChangesAsync(cancellationToken);
    }
}
