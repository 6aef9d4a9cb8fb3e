using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Notices.Public;
using MyPortal.Identity;

namespace MyPortal.Features.Notices;

internal sealed class MailboxCounters(IDbContextFactory<PortalDbContext> databases) : IMailboxCounters
{
    public async Task<int> UnreadAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Mailbox>().AsNoTracking().Where(mailbox => mailbox.Owner == viewer.Owner).Select(mailbox => mailbox.Unread).SingleOrDefaultAsync(cancellationToken);
    }
}
