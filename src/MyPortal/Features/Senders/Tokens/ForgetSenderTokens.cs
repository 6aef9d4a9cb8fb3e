using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Tokens;

/// <summary>Deletes expired tokens and used assertions that could not be replayed any more.</summary>
internal sealed class ForgetSenderTokens(IDbContextFactory<PortalDbContext> databases, TimeProvider clock, ILogger<ForgetSenderTokens> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = Clock.Now();
        await db.Set<SenderToken>().Where(token => token.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        await db.Set<UsedAssertion>().Where(assertion => assertion.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
    }
}
