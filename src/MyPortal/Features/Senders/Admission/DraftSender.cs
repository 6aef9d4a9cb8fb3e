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
internal sealed record DraftedSender(SenderId? Sender, IReadOnlyList<FieldFault> Faults)
{
    public static DraftedSender Wrong(Error error, string field) => new(null, [new FieldFault(error, field)]);
}

/// <summary>Writes down the application of a new sender. Nobody can send by it before another operator agreed.</summary>
internal sealed class DraftSender(IDbContextFactory<PortalDbContext> databases, ChangeRequestSeal seal, ChangeTrail changes, OutboxOptions addresses, TimeProvider clock)
{
    public const int LongestReason = 200;

    public async Task<DraftedSender> ExecuteAsync(ActingOperator by, string? clientId, SenderApplication application, string? reason, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [.. IsClientId(clientId) ? Array.Empty<FieldFault>() : [new FieldFault(SenderConsoleErrors.ClientIdWrong, "clientId")], .. FaultsIn(application, reason, addresses)];
        if (faults.Count > 0)
        {
            return new DraftedSender(null, faults);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var sender = Sender.Draft(SenderId.New(now), clientId!, application, now);
        var id = Guid.CreateVersion7(now);
        db.Add(sender);
        db.Add(ChangeRequest.Begin(id, sender.Id, ChangeRequestKind.Facts, by.Id, seal.Seal(id, sender.Id, new ChangeRequestContent(application, reason!.Trim())), now));
        changes.Add(db, AccessEvent.SenderDrafted, by.Actor, sender.Id.Value, new Change([new("clientId", null, clientId), .. ChangeRequestSeal.Compare(null, application)], reason.Trim()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new DraftedSender(sender.Id, []);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            return await FindEarlierDraftAsync(db, by, clientId!, application, cancellationToken) is { } before ? new DraftedSender(before, []) : DraftedSender.Wrong(SenderConsoleErrors.ClientIdTaken, "clientId");
        }
    }

    // The same form sent twice is no collision: it leads to what it wrote, as long as its author has not gone on with it.
    private async Task<SenderId?> FindEarlierDraftAsync(PortalDbContext db, ActingOperator by, string clientId, SenderApplication application, CancellationToken cancellationToken)
    {
        var sender = await db.Set<Sender>().AsNoTracking().SingleAsync(found => found.ClientId == clientId, cancellationToken);
        var proposal = await db.Set<ChangeRequest>().AsNoTracking().OrderBy(found => found.Id).FirstOrDefaultAsync(found => found.SenderId == sender.Id, cancellationToken);
        return proposal is { State: ChangeRequestState.Draft } && proposal.AuthorId == by.Id && ChangeRequestSeal.AreSame(seal.Open(proposal).After, application) ? sender.Id : null;
    }

    internal static IReadOnlyList<FieldFault> FaultsIn(SenderApplication application, string? reason, OutboxOptions addresses) =>
    [
        .. application.Faults(addresses).Select(fault => new FieldFault(fault.Error, fault.Field)),
        .. ReadableText.IsLine(reason, LongestReason) ? Array.Empty<FieldFault>() : [new FieldFault(SenderConsoleErrors.ReasonMissing, "reason")],
    ];

    private static bool IsClientId(string? text) =>
        text is { Length: >= 3 and <= 60 } && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');
}
