using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators.Accounts;

/// <summary>Whom to appoint.</summary>
/// <param name="Label">Work name, shown to other operators.</param>
/// <param name="Roles">What the person may do.</param>
/// <param name="Reason">Why; the second operator reads it.</param>
internal sealed record AppointmentOrder(string? Label, OperatorRoles Roles, string? Reason)
{
    /// <summary>Names the form, so that one that is sent twice proposes once; null where no form can be sent twice.</summary>
    public Guid? FormKey { get; init; }
}

/// <summary>Proposes to appoint somebody. In the console a second operator must agree; the command line, which holds all keys anyway, needs nobody.</summary>
internal sealed class MakeAppointment(IDbContextFactory<PortalDbContext> databases, OperatorSeal staff, ChangeTrail changes, RandomSource random, TimeProvider clock)
{
    public const int LongestLabel = 40;
    public const int LongestReason = 200;

    /// <summary>Leaves a proposal for another operator and returns its identifier; a form that is sent again finds the one it left.</summary>
    public async Task<Result<Guid>> ProposeAsync(ActingOperator by, AppointmentOrder order, CancellationToken cancellationToken)
    {
        if (RefusalsOf(order) is [var refusal, ..])
        {
            return refusal;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var appointment = Add(db, by.Id, by.Actor, order);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            if (!await db.Set<Appointment>().AnyAsync(found => found.Id == appointment.Id && found.ProposedBy == by.Id, cancellationToken))
            {
                throw;
            }
        }

        return appointment.Id;
    }

    /// <summary>Makes an appointment that is open at once and returns its code. Not called on behalf of an operator: there may be none yet.</summary>
    public async Task<Result<string>> OpenAsync(AppointmentOrder order, CancellationToken cancellationToken)
    {
        if (RefusalsOf(order) is [var refusal, ..])
        {
            return refusal;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var code = random.Bytes(Appointment.CodeBytes);
        Add(db, by: null, Actor.System, order).Open(by: null, staff.CodeHashOf(code), clock.Now());
        await db.SaveChangesAsync(cancellationToken);
        return FormatCode(code);
    }

    /// <summary>A code in groups that can be read aloud.</summary>
    public static string FormatCode(byte[] code) => string.Join('-', Crockford.Write(code).Chunk(5).Select(group => new string(group)));

    private Appointment Add(PortalDbContext db, OperatorId? by, Actor actor, AppointmentOrder order)
    {
        var now = clock.Now();
        var id = order.FormKey ?? Guid.CreateVersion7(now);
        var content = new AppointmentContent(order.Label!.Trim(), order.Reason!.Trim());
        var appointment = Appointment.Propose(id, by, staff.SealContent(id, content), order.Roles, now);
        db.Add(appointment);
        changes.Add(db, AccessEvent.AppointmentMade, actor, id, new Change([new("label", null, content.Label), new("roles", null, order.Roles.ToString())], content.Reason));
        return appointment;
    }

    /// <summary>Everything that is wrong with an order, in the order of its form; empty when it can be carried out.</summary>
    public static IReadOnlyList<Error> RefusalsOf(AppointmentOrder order) =>
    [
        .. ReadableText.IsLine(order.Label?.Trim(), LongestLabel) ? Array.Empty<Error>() : [OperatorErrors.LabelMissing],
        .. (order.Roles & OperatorRoles.Any) is OperatorRoles.None ? [OperatorErrors.RolesMissing] : Array.Empty<Error>(),
        .. ReadableText.IsLine(order.Reason?.Trim(), LongestReason) ? Array.Empty<Error>() : [OperatorErrors.ReasonMissing],
    ];
}
