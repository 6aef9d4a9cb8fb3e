using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders;

internal sealed class SenderDirectory(IDbContextFactory<PortalDbContext> databases) : ISenderDirectory
{
    public async Task<IReadOnlyDictionary<SenderId, SenderCard>> FindAsync(IReadOnlyCollection<SenderId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count is 0)
        {
            return new Dictionary<SenderId, SenderCard>();
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var senders = await db.Set<Sender>().AsNoTracking().Where(sender => ids.Contains(sender.Id)).ToListAsync(cancellationToken);
        return senders.ToDictionary(sender => sender.Id, sender => new SenderCard(sender.Id, sender.Name, sender.Kind is SenderKind.Public) { SuspensionText = sender.SuspensionText });
    }

    public Task<AskingSender?> AskingAsync(SenderId id, CancellationToken cancellationToken) => AskingAsync(sender => sender.Id == id, cancellationToken);

    public Task<AskingSender?> AskingAsync(string clientId, CancellationToken cancellationToken) => AskingAsync(sender => sender.ClientId == clientId, cancellationToken);

    public async Task<string> ServiceNameAsync(SenderServiceId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<SenderService>().AsNoTracking().Where(service => service.Id == id).Select(service => service.Name).SingleAsync(cancellationToken);
    }

    private async Task<AskingSender?> AskingAsync(Expression<Func<Sender, bool>> which, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await (
            from sender in db.Set<Sender>().AsNoTracking().Where(which)
            join service in db.Set<SenderService>().AsNoTracking() on sender.AskingService equals (SenderServiceId?)service.Id
            select new { Sender = sender, Service = service }).SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new AskingSender(found.Sender.Id, found.Service.Id, found.Sender.ClientId, found.Sender.ToAsking()!, found.Service.Basis is ServiceBasis.Law ? found.Service.BasisText : null);
    }
}
