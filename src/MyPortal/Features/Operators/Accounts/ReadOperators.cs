using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Accounts;

/// <summary>An operator as the list shows one.</summary>
internal sealed record ListedOperator(OperatorId Id, string Label, OperatorRoles Roles, DateTimeOffset AppointedAt, DateTimeOffset? LastLoginAt, DateTimeOffset? EndedAt, bool IsMyself);

/// <summary>Lists who may work in the console. Reading it leaves no access record: it holds work names only, and operators see them beside every decision.</summary>
internal sealed class ReadOperators(IDbContextFactory<PortalDbContext> databases, OperatorSeal staff) : IConsoleWork
{
    public async Task<IReadOnlyList<ListedOperator>> ExecuteAsync(ActingOperator by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var people = await db.Set<Operator>().AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. people.OrderBy(person => person.EndedAt is not null).ThenBy(person => person.AppointedAt)
                .Select(person => new ListedOperator(person.Id, staff.LabelOf(person), person.Roles, person.AppointedAt, person.LastLoginAt, person.EndedAt, person.Id == by.Id)),
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
