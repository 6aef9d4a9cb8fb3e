using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Admission;

/// <summary>A line of the list of senders.</summary>
internal sealed record SenderLine(SenderId Id, string Name, string ClientId, SenderKind Kind, SenderState State, bool HasLookAlike);

/// <summary>A proposal that is not decided yet, or was returned.</summary>
internal sealed record OpenProposal(Guid Id, ChangeRequestKind Kind, ChangeRequestState State, string Author, bool IsOwn, string Reason, string? DecisionReason);

/// <summary>A sender with all that operators see of it.</summary>
internal sealed record SenderFile(SenderId Id, string ClientId, SenderState State, string? SuspensionText, SenderApplication Facts, OpenProposal? Proposal);

/// <summary>Shows senders to operators. What it shows is public or about organisations, so reading leaves no access record.</summary>
internal sealed class ReadSenders(IDbContextFactory<PortalDbContext> databases, ChangeRequestSeal seal, IOperatorNames names)
{
    public async Task<IReadOnlyList<SenderLine>> ListAsync(ActingOperator by, SenderKind? kind, SenderState? state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var senders = await db.Set<Sender>().AsNoTracking().ToListAsync(cancellationToken);
        var looks = senders.ToLookup(sender => LookOf(sender.Name), StringComparer.Ordinal);
        return
        [
            .. senders.Where(sender => (kind is null || sender.Kind == kind) && (state is null || sender.State == state))
                .OrderBy(sender => sender.Name, StringComparer.Ordinal).ThenBy(sender => sender.ClientId, StringComparer.Ordinal)
                .Select(sender => new SenderLine(sender.Id, sender.Name, sender.ClientId, sender.Kind, sender.State, looks[LookOf(sender.Name)].Skip(1).Any())),
        ];
    }

    /// <summary>Null when there is no such sender.</summary>
    public async Task<SenderFile?> FindAsync(ActingOperator by, SenderId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sender = await db.Set<Sender>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (sender is null)
        {
            return null;
        }

        var proposal = await db.Set<ChangeRequest>().AsNoTracking().Where(found => found.SenderId == id && found.State != ChangeRequestState.Approved)
            .OrderBy(found => found.ChangedAt).FirstOrDefaultAsync(cancellationToken);
        var content = proposal is null ? null : seal.Open(proposal);
        var facts = await SenderFacts.InForceAsync(db, sender, cancellationToken) ?? content!.After;
        return new SenderFile(id, sender.ClientId, sender.State, sender.SuspensionText, facts, await OpenOfAsync(by, proposal, content, cancellationToken));
    }

    /// <summary>What a name looks like to a hurried reader: without spaces, widths, capitals and chosen forms of characters.</summary>
    internal static string LookOf(string name) => string.Concat(WrittenName.Bare(name).Where(c => !char.IsPunctuation(c))).ToUpperInvariant();

    private async Task<OpenProposal?> OpenOfAsync(ActingOperator by, ChangeRequest? proposal, ChangeRequestContent? content, CancellationToken cancellationToken)
    {
        if (proposal is null || content is null)
        {
            return null;
        }

        var author = (await names.FindAsync(by, [proposal.AuthorId], cancellationToken)).GetValueOrDefault(proposal.AuthorId, "");
        return new OpenProposal(proposal.Id, proposal.Kind, proposal.State, author, proposal.AuthorId == by.Id, content.Reason, content.DecisionReason);
    }
}
