using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Staff;

/// <summary>An operator as the list shows one.</summary>
internal sealed record StaffMember(OperatorId Id, string Label, OperatorRoles Roles, DateTimeOffset AppointedAt, DateTimeOffset? LastLoginAt, DateTimeOffset? EndedAt, bool IsMyself);

/// <summary>Lists who may work in the console. Reading it leaves no access record: it holds work names only, and operators see them beside every decision.</summary>
internal sealed class ReadStaff(IDbContextFactory<PortalDbContext> databases, StaffSeal staff) : IConsoleWork
{
    public async Task<IReadOnlyList<StaffMember>> ExecuteAsync(ActingOperator by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var people = await db.Set<Operator>().AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. people.OrderBy(person => person.EndedAt is not null).ThenBy(person => person.AppointedAt)
                .Select(person => new StaffMember(person.Id, staff.LabelOf(person), person.Roles, person.AppointedAt, person.LastLoginAt, person.EndedAt, person.Id == by.Id)),
        ];
    }

    public async Task<IReadOnlyList<WaitingLine>> WaitingAsync(ActingOperator by, CancellationToken cancellationToken)
    {
        if (!by.Has(OperatorRoles.Approve))
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var count = await db.Set<Appointment>().CountAsync(found => found.State == AppointmentState.Waiting && found.ProposedBy != by.Id, cancellationToken);
        return [new WaitingLine(WaitingWork.Appointments, count, "/admin/operators")];
    }
}
