using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Notices.Public;

namespace MyPortal.Features.Proxies.Folder;

/// <summary>
/// Puts a delivered notice into the folders whose scope it is in, in the transaction of its delivery. So a folder holds nothing older
/// than its mandate, and an end of the mandate stops it in the same moment. Not called on behalf of a citizen: a sender delivers.
/// </summary>
internal sealed class DeliverToFolders : INoticeDelivery
{
    public async Task AddAsync(PortalDbContext db, DeliveredNotice notice, CancellationToken cancellationToken)
    {
        var inScope = await db.InForce(notice.DeliveredAt)
            .Where(mandate => mandate.Principal == notice.Owner)
            .Where(mandate => !db.Set<MandateSender>().Any(sender => sender.MandateId == mandate.Id)
                || db.Set<MandateSender>().Any(sender => sender.MandateId == mandate.Id && sender.SenderId == notice.Sender))
            .Where(mandate => !db.Set<MandateTopic>().Any(topic => topic.MandateId == mandate.Id)
                || db.Set<MandateTopic>().Any(topic => topic.MandateId == mandate.Id && topic.Topic == notice.Type))
            .Select(mandate => mandate.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in inScope.OrderBy(id => id.Value))
        {
            // The row is locked until the commit, so positions have no gap, and a mandate that ends meanwhile takes nothing.
            var isTaken = await db.InForce(notice.DeliveredAt)
                .Where(mandate => mandate.Id == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(mandate => mandate.LastPosition, mandate => mandate.LastPosition + 1).SetProperty(mandate => mandate.Unread, mandate => mandate.Unread + 1),
                    cancellationToken) is 1;
            if (isTaken)
            {
                var position = await db.Set<Mandate>().Where(mandate => mandate.Id == id).Select(mandate => mandate.LastPosition).SingleAsync(cancellationToken);
                db.Add(FolderItem.Deliver(id, position, notice.Id, notice.DeliveredAt));
            }
        }
    }
}
