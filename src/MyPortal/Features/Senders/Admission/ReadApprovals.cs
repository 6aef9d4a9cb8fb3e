using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Admission;

/// <summary>What a reader of the queue should look at twice.</summary>
internal enum RiskFlag
{
    /// <summary>Another sender has a name that looks the same.</summary>
    LookAlike,

    /// <summary>It may send more than a thousand notices a minute.</summary>
    HighQuota,
}

/// <summary>A line of the queue.</summary>
internal sealed record WaitingProposal(Guid Id, SenderId Sender, string SenderName, ChangeRequestKind Kind, string Author, bool IsOwn, DateTimeOffset Since, IReadOnlyList<RiskFlag> Risks);

/// <summary>A proposal with before and after.</summary>
internal sealed record ProposalPanel(WaitingProposal Proposal, int Version, string Reason, IReadOnlyList<ChangedField> Changes);

/// <summary>Shows what waits for a second operator, oldest first.</summary>
internal sealed class ReadApprovals(IDbContextFactory<PortalDbContext> databases, ChangeRequestSeal seal, IOperatorNames names, TimeProvider clock) : IConsoleWork
{
    private const int HighPerMinute = 1000;
    private static readonly TimeSpan KeyWarning = TimeSpan.FromDays(30);

    public async Task<IReadOnlyList<WaitingProposal>> ListAsync(ActingOperator by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Set<ChangeRequest>().AsNoTracking().Where(found => found.State == ChangeRequestState.Submitted).OrderBy(found => found.ChangedAt).ToListAsync(cancellationToken);
        var lines = new List<WaitingProposal>();
        foreach (var proposal in waiting)
        {
            lines.Add(await LineOfAsync(db, by, proposal, seal.Open(proposal), cancellationToken));
        }

        return lines;
    }

    /// <summary>Null when it is not there or not waiting any more.</summary>
    public async Task<ProposalPanel?> FindAsync(ActingOperator by, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var proposal = await db.Set<ChangeRequest>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.State == ChangeRequestState.Submitted, cancellationToken);
        if (proposal is null)
        {
            return null;
        }

        var content = seal.Open(proposal);
        var changes = proposal.Kind is ChangeRequestKind.Resume
            ? [new ChangedField("state", nameof(SenderState.Suspended), nameof(SenderState.Live))]
            : ChangeRequestSeal.Compare(content.Before, content.After);
        return new ProposalPanel(await LineOfAsync(db, by, proposal, content, cancellationToken), proposal.Version, content.Reason, changes);
    }

    public async Task<IReadOnlyList<WaitingLine>> WaitingAsync(ActingOperator by, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lines = new List<WaitingLine>();
        if (by.Has(OperatorRoles.Approve))
        {
            lines.Add(new WaitingLine(
                WaitingWork.Applications, await db.Set<ChangeRequest>().CountAsync(found => found.State == ChangeRequestState.Submitted && found.AuthorId != by.Id, cancellationToken), "/admin/approvals"));
        }

        if (by.Has(OperatorRoles.Operate))
        {
            var (now, soon) = (clock.Now(), clock.Now() + KeyWarning);
            var ending = await db.Set<SenderKey>().CountAsync(key => key.RevokedAt == null && key.EndsAt > now && key.EndsAt < soon, cancellationToken);
            lines.Add(new WaitingLine(WaitingWork.EndingKeys, ending, "/admin/senders"));
        }

        return lines;
    }

    private async Task<WaitingProposal> LineOfAsync(PortalDbContext db, ActingOperator by, ChangeRequest proposal, ChangeRequestContent content, CancellationToken cancellationToken)
    {
        var author = (await names.FindAsync(by, [proposal.AuthorId], cancellationToken)).GetValueOrDefault(proposal.AuthorId, "");
        var others = await db.Set<Sender>().AsNoTracking().Where(sender => sender.Id != proposal.SenderId).Select(sender => sender.Name).ToListAsync(cancellationToken);
        var look = ReadSenders.LookOf(content.After.Name);
        var risks = new List<RiskFlag>();
        if (others.Exists(name => ReadSenders.LookOf(name) == look))
        {
            risks.Add(RiskFlag.LookAlike);
        }

        if (content.After.QuotaPerMinute > HighPerMinute)
        {
            risks.Add(RiskFlag.HighQuota);
        }

        return new WaitingProposal(proposal.Id, proposal.SenderId, content.After.Name, proposal.Kind, author, proposal.AuthorId == by.Id, proposal.ChangedAt, risks);
    }
}
