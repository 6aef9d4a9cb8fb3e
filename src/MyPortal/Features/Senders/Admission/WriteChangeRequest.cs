using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;
using MyPortal.Outbox;

namespace MyPortal.Features.Senders.Admission;

/// <summary>What a form about a sender starts with.</summary>
/// <param name="Facts">The facts to correct.</param>
/// <param name="Reason">The reason given so far.</param>
/// <param name="Hindrance">Why it cannot be written now: somebody else's, or submitted already.</param>
internal sealed record ChangeRequestForm(SenderApplication Facts, string Reason, Error? Hindrance);

/// <summary>Writes other facts of a sender into a proposal and submits it. What is in force stays until another operator agrees.</summary>
internal sealed class WriteChangeRequest(IDbContextFactory<PortalDbContext> databases, ChangeRequestSeal seal, ChangeTrail changes, AuditTrail audit, OutboxOptions addresses, TimeProvider clock)
{
    /// <summary>Null when there is no such sender.</summary>
    public async Task<ChangeRequestForm?> ReadAsync(ActingOperator by, SenderId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sender = await db.Set<Sender>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (sender is null)
        {
            return null;
        }

        if (await OpenAsync(db, id, cancellationToken) is not { } open)
        {
            return await SenderFacts.InForceAsync(db, sender, cancellationToken) is { } facts ? new ChangeRequestForm(facts, "", HindranceOf(sender)) : null;
        }

        var content = seal.Open(open);
        return new ChangeRequestForm(content.After, content.Reason, HindranceOf(open, by));
    }

    /// <summary>Everything that is wrong; empty when it is written.</summary>
    public async Task<IReadOnlyList<FieldFault>> WriteAsync(ActingOperator by, SenderId id, SenderApplication application, string? reason, CancellationToken cancellationToken)
    {
        if (DraftSender.FaultsIn(application, reason, addresses) is { Count: > 0 } faults)
        {
            return faults;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sender = await db.Set<Sender>().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (sender is null)
        {
            return [new FieldFault(SenderConsoleErrors.NotFound, "name")];
        }

        var now = clock.Now();
        var inForce = await SenderFacts.InForceAsync(db, sender, cancellationToken);
        if (!AreKnown(application, inForce))
        {
            return [new FieldFault(SenderConsoleErrors.ServicesWrong, "service-0-name")];
        }

        // Consents that stand name it, and whoever withdraws one must find somebody to tell.
        if (application.Requester is null && inForce?.Requester is not null)
        {
            return [new FieldFault(SenderConsoleErrors.RequesterWrong, "corporateNumber")];
        }

        var content = new ChangeRequestContent(application, reason!.Trim(), inForce);
        var open = await OpenAsync(db, id, cancellationToken);
        if ((open is null ? HindranceOf(sender) : HindranceOf(open, by)) is { } hindrance)
        {
            return [new FieldFault(hindrance, "name")];
        }

        var before = open is null ? inForce : seal.Open(open).After;
        var proposal = open ?? ChangeRequest.Begin(Guid.CreateVersion7(now), id, ChangeRequestKind.Facts, by.Id, [], now);
        proposal.Write(seal.Seal(proposal.Id, id, content), now);
        if (open is null)
        {
            db.Add(proposal);
        }

        changes.Add(db, AccessEvent.SenderDrafted, by.Actor, id.Value, new Change(ChangeRequestSeal.Compare(before, application), content.Reason));
        return await SaveAsync(db, cancellationToken) is { } error ? [new FieldFault(error, "name")] : [];
    }

    /// <summary>Hands the proposal to the other operators.</summary>
    public async Task<Error?> SubmitAsync(ActingOperator by, SenderId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sender = await db.Set<Sender>().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (sender is null || await OpenAsync(db, id, cancellationToken) is not { } open)
        {
            return SenderConsoleErrors.NotFound;
        }

        if (HindranceOf(open, by) is { } hindrance)
        {
            return hindrance;
        }

        open.Submit(clock.Now());
        sender.Follow(open.State);
        audit.Add(db, AccessEvent.SenderSubmitted, by.Actor, objectId: id.Value);
        return await SaveAsync(db, cancellationToken);
    }

    /// <summary>Proposes that a suspended sender may send again; it is submitted at once.</summary>
    public async Task<Error?> ProposeResumeAsync(ActingOperator by, SenderId id, string? reason, CancellationToken cancellationToken)
    {
        if (!ReadableText.IsLine(reason, DraftSender.LongestReason))
        {
            return SenderConsoleErrors.ReasonMissing;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sender = await db.Set<Sender>().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (sender is not { State: SenderState.Suspended } || await OpenAsync(db, id, cancellationToken) is not null)
        {
            return sender is null ? SenderConsoleErrors.NotFound : SenderConsoleErrors.WrongState;
        }

        var now = clock.Now();
        var proposal = Guid.CreateVersion7(now);
        var facts = (await SenderFacts.InForceAsync(db, sender, cancellationToken))!;
        var row = ChangeRequest.Begin(proposal, id, ChangeRequestKind.Resume, by.Id, seal.Seal(proposal, id, new ChangeRequestContent(facts, reason!.Trim(), facts)), now);
        row.Submit(now);
        db.Add(row);
        changes.Add(db, AccessEvent.SenderSubmitted, by.Actor, id.Value, new Change([new("state", nameof(SenderState.Suspended), nameof(SenderState.Live))], reason.Trim()));
        return await SaveAsync(db, cancellationToken);
    }

    private static Task<ChangeRequest?> OpenAsync(PortalDbContext db, SenderId id, CancellationToken cancellationToken) =>
        db.Set<ChangeRequest>().Where(found => found.SenderId == id && found.State != ChangeRequestState.Approved).OrderBy(found => found.ChangedAt).FirstOrDefaultAsync(cancellationToken);

    private static Error? HindranceOf(ChangeRequest open, ActingOperator by) =>
        open.AuthorId != by.Id ? SenderConsoleErrors.NotTheAuthor : open.IsWritable && open.Kind is ChangeRequestKind.Facts ? null : SenderConsoleErrors.WrongState;

    private static Error? HindranceOf(Sender sender) => sender.State is SenderState.Live ? null : SenderConsoleErrors.WrongState;

    // A form names its services by identifier; only those of this sender may be named.
    private static bool AreKnown(SenderApplication application, SenderApplication? inForce) =>
        application.Services.Select(service => service.Id).OfType<Guid>().All(named => inForce?.Services.Any(known => known.Id == named) is true);

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
