using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Card;

/// <summary>
/// Hands the document to the agent, once. A second fetch means that two programs hold the ticket, so it kills the transaction. Works
/// for no viewer: the ticket is the right to fetch.
/// </summary>
internal sealed class FetchCardDocument(IDbContextFactory<PortalDbContext> databases, PortalSeal seal, AuditTrail audit, RandomSource random, TimeProvider clock)
{
    public async Task<Result<CardTicket>> ExecuteAsync(string ticket, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ticketHash = CardSecrets.HashOf(ticket);
        var now = clock.Now();
        var secret = random.Token();
        var secretHash = CardSecrets.HashOf(secret);
        var fetched = await db.Set<CardTransaction>()
            .Where(transaction => transaction.TicketHash == ticketHash && transaction.State == CardTransactionState.Issued && transaction.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(transaction => transaction.State, CardTransactionState.Fetched).SetProperty(transaction => transaction.ResponseSecretHash, secretHash),
                cancellationToken);
        var found = await db.Set<CardTransaction>().AsNoTracking().SingleOrDefaultAsync(transaction => transaction.TicketHash == ticketHash, cancellationToken);
        if (found is null)
        {
            return SignInErrors.TransactionOver;
        }

        if (fetched is 1)
        {
            return new CardTicket([found.Document], secret, found.SealedText is { } text ? seal.Open(text, CardSecrets.TextPlace(found.Id)) : null);
        }

        await db.Set<CardTransaction>()
            .Where(transaction => transaction.Id == found.Id && transaction.State == CardTransactionState.Fetched)
            .ExecuteUpdateAsync(
                set => set.SetProperty(transaction => transaction.State, CardTransactionState.Refused).SetProperty(transaction => transaction.Outcome, SignInErrors.TransactionOver.Code),
                cancellationToken);
        var reason = found.State is CardTransactionState.Issued ? SignInErrors.TransactionOver.Code : "card.fetched-again";
        audit.Add(db, AccessEvent.LoginRefused, Actor.Unknown, objectId: found.Id, outcome: reason);
        await db.SaveChangesAsync(cancellationToken);
        return SignInErrors.TransactionOver;
    }
}
