using MyPortal.Data;

namespace MyPortal.Features.Operators.Accounts;

/// <summary>Deletes appointments, whatever became of them; who was appointed by whom and why stays in the records.</summary>
internal sealed class PurgeAppointments : ITableCleaner
{
    /// <summary>How long after it was proposed. A proposal that nobody decided in that time is gone, too.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public IReadOnlyList<Type> Tables { get; } = [typeof(Appointment)];

    public Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A code that was opened on the last day keeps its own.
        var limit = now - KeptFor;
        return db.Set<Appointment>()
            .Where(appointment => appointment.ProposedAt < limit && (appointment.ExpiresAt == null || appointment.ExpiresAt < now))
            .OrderBy(appointment => appointment.ProposedAt)
            .DeleteInBatchesAsync(cancellationToken);
    }
}
