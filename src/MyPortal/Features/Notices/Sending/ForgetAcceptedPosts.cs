using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Sending;

/// <summary>Deletes idempotency keys nine months after their post.</summary>
internal sealed class ForgetAcceptedPosts(IDbContextFactory<PortalDbContext> databases, TimeProvider clock, ILogger<ForgetAcceptedPosts> logger)
    : PeriodicWorker(TimeSpan.FromHours(6), clock, logger)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var limit = Clock.Now() - AcceptedPost.KeptFor;
        await db.Set<AcceptedPost>().Where(post => post.AcceptedAt < limit).ExecuteDeleteAsync(cancellationToken);
    }
}
