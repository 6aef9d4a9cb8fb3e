using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Accounts;

/// <summary>Makes the person who shows a card and enters the code an operator. Whoever is one already gets the roles of this appointment instead.</summary>
internal sealed class AcceptAppointment(IDbContextFactory<PortalDbContext> databases, OperatorSeal staff, ChangeTrail changes, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result<OperatorId>> ExecuteAsync(Viewer viewer, string? code, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        await OperatorSeal.LockAsync(db, cancellationToken);
        var now = clock.Now();
        var appointment = Crockford.TryRead(code, Appointment.CodeBytes, out var bytes) ? await FindAsync(db, staff.CodeHashOf(bytes), cancellationToken) : null;
        var known = await db.Set<Operator>().SingleOrDefaultAsync(person => person.CitizenId == viewer.Citizen, cancellationToken);
        if (appointment is null || !appointment.IsOpenAt(now))
        {
            return await RefuseAsync(db, work, viewer, OperatorErrors.CodeNotValid, cancellationToken);
        }

        // Also of an operator whose access has ended: it is the same person.
        if (known is not null && appointment.IsDecidedBy(known.Id))
        {
            return await RefuseAsync(db, work, viewer, OperatorErrors.OwnAppointment, cancellationToken);
        }

        if (known is { CanApprove: true } && !appointment.Roles.HasFlag(OperatorRoles.Approve) && !await OperatorSeal.AnotherApproverIsThereAsync(db, known.Id, cancellationToken))
        {
            return OperatorErrors.LastApprover;
        }

        var content = staff.ContentOf(appointment);
        var before = known is { IsActive: true } ? known.Roles.ToString() : null;
        var id = known?.Id ?? OperatorId.New(now);
        if (known is null)
        {
            db.Add(Operator.Appoint(id, viewer.Citizen, staff.SealLabel(id, content.Label), appointment.Roles, now));
        }
        else
        {
            known.AppointAgain(staff.SealLabel(id, content.Label), appointment.Roles, now);
        }

        appointment.Use();
        changes.Add(db, AccessEvent.OperatorAppointed, Actor.Operator(id), id.Value, new Change([new("label", null, content.Label), new("roles", before, appointment.Roles.ToString())], content.Reason));
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return id;
    }

    private async Task<Error> RefuseAsync(PortalDbContext db, IDbContextTransaction work, Viewer viewer, Error refusal, CancellationToken cancellationToken)
    {
        audit.Add(db, AccessEvent.ConsoleRefused, Actor.Citizen(viewer.Citizen), viewer.Citizen, outcome: refusal.Code);
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return refusal;
    }

    private static Task<Appointment?> FindAsync(PortalDbContext db, byte[] hash, CancellationToken cancellationToken) =>
        db.Set<Appointment>().SingleOrDefaultAsync(found => found.CodeHash == hash, cancellationToken);
}
