using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders;

internal sealed class SenderDirectory : ISenderDirectory
{
    public async Task<IReadOnlyDictionary<SenderId, SenderCard>> FindAsync(PortalDbContext db, IReadOnlyCollection<SenderId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count is 0)
        {
            return new Dictionary<SenderId, SenderCard>();
        }

        var senders = await db.Set<Sender>().AsNoTracking().Where(sender => ids.Contains(sender.Id)).ToListAsync(cancellationToken);
        return senders.ToDictionary(sender => sender.Id, sender => new SenderCard(sender.Id, sender.Name, sender.Kind is SenderKind.Public) { SuspensionText = sender.SuspensionText });
    }

    public async Task<IReadOnlyDictionary<SenderId, RequestingSender>> AskingAsync(PortalDbContext db, IReadOnlyCollection<SenderId> ids, CancellationToken cancellationToken) =>
        (await AskingAsync(db, sender => ids.Contains(sender.Id), cancellationToken)).ToDictionary(sender => sender.Id);

    public async Task<RequestingSender?> AskingAsync(PortalDbContext db, string clientId, CancellationToken cancellationToken) =>
        (await AskingAsync(db, sender => sender.ClientId == clientId, cancellationToken)).SingleOrDefault();

    public Task<string> ServiceNameAsync(PortalDbContext db, SenderServiceId id, CancellationToken cancellationToken) =>
        db.Set<SenderService>().AsNoTracking().Where(service => service.Id == id).Select(service => service.Name).SingleAsync(cancellationToken);

    private static async Task<IEnumerable<RequestingSender>> AskingAsync(PortalDbContext db, Expression<Func<Sender, bool>> which, CancellationToken cancellationToken)
    {
        var found = await (
            from sender in db.Set<Sender>().AsNoTracking().Where(which)
            join service in db.Set<SenderService>().AsNoTracking() on sender.AskingService equals (SenderServiceId?)service.Id
            select new { Sender = sender, Service = service }).ToListAsync(cancellationToken);
        return found.Select(row => new RequestingSender(
            row.Sender.Id, row.Service.Id, row.Sender.ClientId, row.Sender.ToConsentRequester()!, row.Service.Basis is ServiceBasis.Law ? row.Service.BasisText : null));
    }
}
