using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Sending;

/// <summary>Tells a sender the state of its own notice, never its recipient or words. Not called on behalf of a citizen: a sender asks.</summary>
internal sealed class ReadNoticeStatus(IDbContextFactory<PortalDbContext> databases, NoticeEvents events, AuditTrail audit)
{
    public async Task<Result<NoticeStatus>> ExecuteAsync(CallingSender sender, NoticeId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var notice = await db.Set<Notice>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.SenderId == sender.Id, cancellationToken);
        audit.Add(db, AccessEvent.NoticeStatusRead, Actor.Sender(sender.Id), objectId: id.Value, outcome: notice is null ? NoticeErrors.NotFound.Code : AuditTrail.Ok);
        await db.SaveChangesAsync(cancellationToken);
        return notice is null ? NoticeErrors.NotFound : await events.StatusAsync(db, notice, cancellationToken);
    }
}
