using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Admission;

/// <summary>
/// Stops a sender with its next call; what it delivered stays. One operator may do it, because stopping must not wait for a second one.
/// Starting again needs two.
/// </summary>
internal sealed class SuspendSender(IDbContextFactory<PortalDbContext> databases, ChangeTrail changes)
{
    public const int LongestText = 200;

    /// <summary>Everything that is wrong with the form; empty when the sender is stopped.</summary>
    public async Task<IReadOnlyList<FieldFault>> ExecuteAsync(ActingOperator by, SenderId id, string? reason, string? citizenText, CancellationToken cancellationToken)
    {
        List<FieldFault> faults =
        [
            .. ReadableText.IsLine(reason, DraftSender.LongestReason) ? Array.Empty<FieldFault>() : [new FieldFault(SenderConsoleErrors.ReasonMissing, "reason")],
            .. ReadableText.IsLine(citizenText, LongestText) ? Array.Empty<FieldFault>() : [new FieldFault(SenderConsoleErrors.CitizenTextMissing, "citizenText")],
        ];
        if (faults.Count > 0)
        {
            return faults;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sender = await db.Set<Sender>().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (sender is not { State: SenderState.Live })
        {
            return [new FieldFault(sender is null ? SenderConsoleErrors.NotFound : SenderConsoleErrors.WrongState, "reason")];
        }

        sender.Suspend(citizenText!.Trim());
        changes.Add(
            db, AccessEvent.SenderSuspended, by.Actor, id.Value,
            new Change([new("state", nameof(SenderState.Live), nameof(SenderState.Suspended)), new("citizenText", null, sender.SuspensionText)], reason!.Trim()));
        await db.SaveChangesAsync(cancellationToken);
        return [];
    }
}
