using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Accounts;

/// <summary>A proposal as the second operator sees it.</summary>
internal sealed record ProposedAppointment(Guid Id, string Label, OperatorRoles Roles, string Reason, string ProposedBy, DateTimeOffset ProposedAt, bool IsOwn);

/// <summary>A second operator agrees to an appointment, and gets the code to hand over, or refuses it.</summary>
internal sealed class DecideAppointment(IDbContextFactory<PortalDbContext> databases, OperatorSeal staff, ChangeTrail changes, RandomSource random, TimeProvider clock)
{
    public async Task<IReadOnlyList<ProposedAppointment>> WaitingAsync(ActingOperator by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Set<Appointment>().AsNoTracking().Where(appointment => appointment.State == AppointmentState.Waiting)
            .OrderBy(appointment => appointment.ProposedAt).ToListAsync(cancellationToken);
        var names = await staff.FindAsync(by, [.. waiting.Select(appointment => appointment.ProposedBy).OfType<OperatorId>()], cancellationToken);
        return [.. waiting.Select(appointment =>
        {
            var content = staff.ContentOf(appointment);
            var proposer = appointment.ProposedBy is { } author ? names.GetValueOrDefault(author, "") : "";
            return new ProposedAppointment(appointment.Id, content.Label, appointment.Roles, content.Reason, proposer, appointment.ProposedAt, appointment.ProposedBy == by.Id);
        })];
    }

    /// <summary>The code, shown to the approver once and kept nowhere.</summary>
    public async Task<Result<string>> ApproveAsync(ActingOperator by, Guid id, CancellationToken cancellationToken)
    {
        var code = random.Bytes(Appointment.CodeBytes);
        var refusal = await DecideAsync(by, id, appointment => appointment.Open(by.Id, staff.CodeHashOf(code), clock.Now()), "open", cancellationToken);
        return refusal is null ? MakeAppointment.FormatCode(code) : refusal;
    }

    public Task<Error?> RefuseAsync(ActingOperator by, Guid id, CancellationToken cancellationToken) =>
        DecideAsync(by, id, appointment => appointment.Refuse(), "refused", cancellationToken);

    private async Task<Error?> DecideAsync(ActingOperator by, Guid id, Action<Appointment> decide, string word, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var appointment = await db.Set<Appointment>().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (appointment is null || appointment.State is not AppointmentState.Waiting)
        {
            return appointment is null ? OperatorErrors.NotFound : OperatorErrors.AlreadyDecided;
        }

        if (appointment.ProposedBy == by.Id)
        {
            return OperatorErrors.OwnProposal;
        }

        decide(appointment);
        changes.Add(db, AccessEvent.AppointmentApproved, by.Actor, id, new Change([new("state", "waiting", word)], staff.ContentOf(appointment).Reason));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return OperatorErrors.AlreadyDecided;
        }
    }
}
