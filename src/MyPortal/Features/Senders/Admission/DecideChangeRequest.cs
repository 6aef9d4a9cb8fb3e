using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Admission;

/// <summary>
/// A second operator approves what the first one submitted, or returns it with a reason. What is approved is exactly what was read: the
/// version of the page must be the one that stands, and the facts in force must still be those it was compared with.
/// </summary>
internal sealed class DecideChangeRequest(IDbContextFactory<PortalDbContext> databases, ChangeRequestSeal seal, ChangeTrail changes, TimeProvider clock)
{
    public Task<Error?> ApproveAsync(ActingOperator by, Guid id, int version, string? reason, CancellationToken cancellationToken) =>
        DecideAsync(by, id, version, ChangeRequestState.Approved, reason, cancellationToken);

    public Task<Error?> ReturnAsync(ActingOperator by, Guid id, int version, string? reason, CancellationToken cancellationToken) =>
        ReadableText.IsLine(reason, DraftSender.LongestReason)
            ? DecideAsync(by, id, version, ChangeRequestState.Returned, reason, cancellationToken)
            : Task.FromResult<Error?>(SenderConsoleErrors.ReasonMissing);

    private async Task<Error?> DecideAsync(ActingOperator by, Guid id, int version, ChangeRequestState decision, string? reason, CancellationToken cancellationToken)
    {
        // An approval needs no words; those it has must be readable.
        if (!string.IsNullOrWhiteSpace(reason) && !ReadableText.IsLine(reason, DraftSender.LongestReason))
        {
            return SenderConsoleErrors.ReasonMissing;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var proposal = await db.Set<ChangeRequest>().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (proposal is null)
        {
            return SenderConsoleErrors.NotFound;
        }

        if (proposal.AuthorId == by.Id)
        {
            return SenderConsoleErrors.OwnProposal;
        }

        var content = seal.Open(proposal);
        var sender = await db.Set<Sender>().SingleAsync(found => found.Id == proposal.SenderId, cancellationToken);
        var inForce = await SenderFacts.InForceAsync(db, sender, cancellationToken);
        if (proposal.State is not ChangeRequestState.Submitted || proposal.Version != version || !ChangeRequestSeal.AreSame(inForce, content.Before))
        {
            return SenderConsoleErrors.ChangedMeanwhile;
        }

        var now = clock.Now();
        var answer = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        proposal.Decide(decision, by.Id, seal.Seal(id, sender.Id, content with { DecisionReason = answer }), now);
        var before = sender.State;
        if (decision is ChangeRequestState.Approved)
        {
            await PutIntoForceAsync(db, sender, proposal.Kind, content, now, cancellationToken);
        }
        else
        {
            sender.Follow(decision);
        }

        var fields = decision is ChangeRequestState.Approved ? ChangeRequestSeal.Compare(content.Before, content.After) : [];
        var what = decision is not ChangeRequestState.Approved ? AccessEvent.SenderReturned : proposal.Kind is ChangeRequestKind.Resume ? AccessEvent.SenderResumed : AccessEvent.SenderApproved;
        changes.Add(db, what, by.Actor, sender.Id.Value, new Change([new("state", before.ToString(), sender.State.ToString()), .. fields], answer ?? content.Reason));
        return await SaveAsync(db, cancellationToken);
    }

    private static async Task PutIntoForceAsync(PortalDbContext db, Sender sender, ChangeRequestKind kind, ChangeRequestContent content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (kind is ChangeRequestKind.Resume)
        {
            sender.Resume();
            return;
        }

        await SenderFacts.PutIntoForceAsync(db, sender, content.After, now, cancellationToken);
        sender.Follow(ChangeRequestState.Approved);
    }

    private static async Task<Error?> SaveAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return SenderConsoleErrors.ChangedMeanwhile;
        }
    }
}
