using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;
using MyPortal.Outbox;

namespace MyPortal.Features.Senders.Admission;

/// <summary>What was wrong, and in which field of the form.</summary>
internal sealed record FieldFault(Error Error, string Field);

/// <summary>Either what was written or all the faults that kept it from being written.</summary>
internal sealed record Written(SenderId? Sender, IReadOnlyList<FieldFault> Faults)
{
    public static Written Wrong(Error error, string field) => new(null, [new FieldFault(error, field)]);
}

/// <summary>Writes down the application of a new sender. Nobody can send by it before another operator agreed.</summary>
internal sealed class DraftSender(IDbContextFactory<PortalDbContext> databases, ProposalSeal seal, ChangeTrail changes, OutboxOptions addresses, TimeProvider clock)
{
    public const int LongestReason = 200;

    public async Task<Written> ExecuteAsync(ActingOperator by, string? clientId, SenderDossier dossier, string? reason, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [.. IsClientId(clientId) ? Array.Empty<FieldFault>() : [new FieldFault(SenderConsoleErrors.ClientIdWrong, "clientId")], .. FaultsIn(dossier, reason, addresses)];
        if (faults.Count > 0)
        {
            return new Written(null, faults);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var sender = Sender.Draft(SenderId.New(now), clientId!, dossier, now);
        var id = Guid.CreateVersion7(now);
        db.Add(sender);
        db.Add(SenderProposal.Begin(id, sender.Id, ProposalKind.Facts, by.Id, seal.Seal(id, sender.Id, new ProposalContent(dossier, reason!.Trim())), now));
        changes.Add(db, AccessEvent.SenderDrafted, by.Actor, sender.Id.Value, new Change([new("clientId", null, clientId), .. ProposalSeal.Compare(null, dossier)], reason.Trim()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new Written(sender.Id, []);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            return await WrittenBeforeAsync(db, by, clientId!, dossier, cancellationToken) is { } before ? new Written(before, []) : Written.Wrong(SenderConsoleErrors.ClientIdTaken, "clientId");
        }
    }

    // The same form sent twice is no collision: it leads to what it wrote, as long as its author has not gone on with it.
    private async Task<SenderId?> WrittenBeforeAsync(PortalDbContext db, ActingOperator by, string clientId, SenderDossier dossier, CancellationToken cancellationToken)
    {
        var sender = await db.Set<Sender>().AsNoTracking().SingleAsync(found => found.ClientId == clientId, cancellationToken);
        var proposal = await db.Set<SenderProposal>().AsNoTracking().OrderBy(found => found.Id).FirstOrDefaultAsync(found => found.SenderId == sender.Id, cancellationToken);
        return proposal is { State: ProposalState.Draft } && proposal.AuthorId == by.Id && ProposalSeal.AreSame(seal.Open(proposal).After, dossier) ? sender.Id : null;
    }

    internal static IReadOnlyList<FieldFault> FaultsIn(SenderDossier dossier, string? reason, OutboxOptions addresses) =>
    [
        .. dossier.Faults(addresses).Select(fault => new FieldFault(fault.Error, fault.Field)),
        .. ReadableText.IsLine(reason, LongestReason) ? Array.Empty<FieldFault>() : [new FieldFault(SenderConsoleErrors.ReasonMissing, "reason")],
    ];

    private static bool IsClientId(string? text) =>
        text is { Length: >= 3 and <= 60 } && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');
}
