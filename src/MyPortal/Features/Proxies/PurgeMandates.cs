using Microsoft.EntityFrameworkCore;
using MyPortal.Data;

namespace MyPortal.Features.Proxies;

/// <summary>
/// Deletes mandates that never had force and never will: declined, taken back, or not signed in time. One that ever had force stays with
/// its folder, because it says who could see what.
/// </summary>
internal sealed class PurgeMandates : ITableCleaner
{
    /// <summary>How long after the end of the invitation.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public IReadOnlyList<Type> Tables { get; } = [typeof(Mandate), typeof(MandateSender), typeof(MandateTopic)];

    public Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The proxy signs before the invitation ends, the principal before the mandate does.
        var limit = now - KeptFor;
        var due = db.Set<Mandate>()
            .Where(mandate => mandate.ValidFrom == null && mandate.InvitedUntil < limit && (mandate.State != MandateState.Accepted || mandate.ValidUntil < limit))
            .OrderBy(mandate => mandate.InvitedUntil)
            .Select(mandate => mandate.Id);
        return db.DeleteWithPartsAsync(
            due,
            async ids =>
            {
                await db.Set<MandateSender>().Where(sender => ids.Contains(sender.MandateId)).ExecuteDeleteAsync(cancellationToken);
                await db.Set<MandateTopic>().Where(topic => ids.Contains(topic.MandateId)).ExecuteDeleteAsync(cancellationToken);
                await db.Set<Mandate>().Where(mandate => ids.Contains(mandate.Id)).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
    }
}
