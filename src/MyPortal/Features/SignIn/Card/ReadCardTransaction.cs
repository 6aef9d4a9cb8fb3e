using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Card;

/// <summary>What the page between portal and agent shows.</summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="MatchCode">Code to compare with the agent's page.</param>
/// <param name="Ticket">Address the agent fetches from.</param>
/// <param name="IsOver">True when nothing can be signed any more.</param>
/// <param name="Outcome">Code of the refusal that ended it, when there is one.</param>
/// <param name="ReturnPath">Where the person goes afterwards, or starts again.</param>
internal sealed record CardTransactionView(CardPurpose Purpose, string MatchCode, string Ticket, bool IsOver, string? Outcome, string ReturnPath);

/// <summary>Shows a card transaction to the browser that began it, and to no other. Not called on behalf of a citizen: the cookie is the right to look.</summary>
internal sealed class ReadCardTransaction(IDbContextFactory<PortalDbContext> databases, PortalSite site, TimeProvider clock)
{
    public async Task<Result<CardTransactionView>> ExecuteAsync(Guid id, string? binding, CancellationToken cancellationToken)
    {
        if (binding is null)
        {
            return SignInErrors.TransactionOver;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var bindingHash = TransactionSecrets.HashOf(binding);
        var transaction = await db.Set<CardTransaction>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id && found.BindingHash == bindingHash, cancellationToken);
        if (transaction is null)
        {
            return SignInErrors.TransactionOver;
        }

        var isOver = transaction.State is CardTransactionState.Refused or CardTransactionState.Completed || !transaction.IsOpenAt(clock.Now());
        return new CardTransactionView(transaction.Purpose, transaction.MatchCode, $"{site.OriginText}/card/t/{TransactionSecrets.TicketOf(binding, id)}", isOver, transaction.Outcome, transaction.ReturnPath);
    }
}
