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

    public async Task<FieldFault?> ExecuteAsync(ActingOperator by, SenderId id, string? reason, string? citizenText, CancellationToken cancellationToken)
    {
        if (!ReadableText.IsLine(reason, DraftSender.LongestReason))
        {
            return new FieldFault(SenderConsoleErrors.ReasonMissing, "reason");
        }

        if (!ReadableText.IsLine(citizenText, LongestText))
        {
            return new FieldFault(SenderConsoleErrors.CitizenTextMissing, "citizenText");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sender = await db.Set<Sender>().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (sender is not { State: SenderState.Live })
        {
            return new FieldFault(sender is null ? SenderConsoleErrors.NotFound : SenderConsoleErrors.WrongState, "reason");
        }

        sender.Suspend(citizenText!.Trim());
        changes.Add(
            db, AccessEvent.SenderSuspended, by.Actor, id.Value,
            new Change([new("state", nameof(SenderState.Live), nameof(SenderState.Suspended)), new("citizenText", null, sender.SuspensionText)], reason!.Trim()));
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }
}
