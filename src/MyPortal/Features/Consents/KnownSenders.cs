using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

internal sealed class KnownSenders(IDbContextFactory<PortalDbContext> databases) : IKnownSenders
{
    public async Task<IReadOnlyList<SenderId>> OfAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<RecipientCode>().Where(code => code.CitizenId == viewer.Owner).Select(code => code.SenderId).Distinct().ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<SenderServiceId>> MutedServicesAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<RecipientCode>().Where(code => code.CitizenId == viewer.Owner && !code.IsAnnounced).Select(code => code.ServiceId).ToListAsync(cancellationToken);
    }
}
