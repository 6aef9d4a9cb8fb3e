using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Accounts;

/// <summary>Ends an operator's access with the next request. One person may do it, because stopping must not wait; the last approver stays.</summary>
internal sealed class EndOperator(IDbContextFactory<PortalDbContext> databases, OperatorSeal staff, ChangeTrail changes, TimeProvider clock)
{
    public async Task<Error?> ExecuteAsync(ActingOperator by, OperatorId id, string? reason, CancellationToken cancellationToken)
    {
        if (!ReadableText.IsLine(reason?.Trim(), MakeAppointment.LongestReason))
        {
            return OperatorErrors.ReasonMissing;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        await OperatorSeal.LockAsync(db, cancellationToken);
        var person = await db.Set<Operator>().SingleOrDefaultAsync(found => found.Id == id && found.EndedAt == null, cancellationToken);
        if (person is null)
        {
            return OperatorErrors.NotFound;
        }

        if (person.CanApprove && !await OperatorSeal.AnotherApproverIsThereAsync(db, id, cancellationToken))
        {
            return OperatorErrors.LastApprover;
        }

        person.End(clock.Now());
        changes.Add(db, AccessEvent.OperatorEnded, by.Actor, id.Value, new Change([new("label", staff.LabelOf(person), null), new("roles", person.Roles.ToString(), null)], reason!.Trim()));
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return null;
    }
}
