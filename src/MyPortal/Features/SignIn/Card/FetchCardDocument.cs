using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Hub;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Card;

/// <summary>
/// Hands the documents to the agent, once. A second fetch means that two programs hold the ticket, so it kills the transaction. Not
/// called on behalf of a citizen: the ticket is the right to fetch.
/// </summary>
internal sealed class FetchCardDocument(IDbContextFactory<PortalDbContext> databases, PairwiseIdentifier ownCode, PortalSeal seal, CardTrail trail, RandomSource random, TimeProvider clock)
{
    public async Task<Result<CardTicket>> ExecuteAsync(string ticket, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ticketHash = TransactionSecrets.HashOf(ticket);
        var found = await db.Set<CardTransaction>().AsNoTracking().SingleOrDefaultAsync(transaction => transaction.TicketHash == ticketHash, cancellationToken);
        if (found is null)
        {
            return SignInErrors.TransactionOver;
        }

        var isOpen = found.State is CardTransactionState.Issued && found.IsOpenAt(clock.Now());
        if (!isOpen || found.Purpose is not CardPurpose.Enrol)
        {
            return isOpen ? await HandOutAsync(db, found, linkDocument: null, cancellationToken) : await RefuseAsync(db, found, cancellationToken);
        }

        // Before the one fetch is spent: while the hub is silent the same ticket may be tried again.
        var prepared = await ownCode.PrepareAsync(cancellationToken);
        if (prepared.IsRefused)
        {
            trail.AddRefusal(db, found.Id, isKnown: found.Citizen is not null, prepared.Error);
            await db.SaveChangesAsync(cancellationToken);
            return SignInErrors.HubUnavailable;
        }

        return await HandOutAsync(db, found, prepared.Value, cancellationToken);
    }

    private async Task<Result<CardTicket>> HandOutAsync(PortalDbContext db, CardTransaction found, byte[]? linkDocument, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var latest = CardTransaction.Life.LatestEnd(now);
        var secret = random.Token();
        var secretHash = TransactionSecrets.HashOf(secret);
        var fetched = await db.Set<CardTransaction>()
            .Where(transaction => transaction.Id == found.Id && transaction.State == CardTransactionState.Issued && transaction.ExpiresAt > now && transaction.ExpiresAt <= latest)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(transaction => transaction.State, CardTransactionState.Fetched)
                    .SetProperty(transaction => transaction.ResponseSecretHash, secretHash)
                    .SetProperty(transaction => transaction.LinkDocument, linkDocument),
                cancellationToken);
        return fetched is 1
            ? new CardTicket(linkDocument is null ? [found.Document] : [found.Document, linkDocument], secret, TextOf(found))
            : await RefuseAsync(db, found, cancellationToken);
    }

    private byte[]? TextOf(CardTransaction found) => found.SealedText is { } text ? seal.Open(text, TransactionSecrets.TextPlace(found.Id)) : null;

    private async Task<Error> RefuseAsync(PortalDbContext db, CardTransaction found, CancellationToken cancellationToken)
    {
        await db.Set<CardTransaction>()
            .Where(transaction => transaction.Id == found.Id && transaction.State == CardTransactionState.Fetched)
            .ExecuteUpdateAsync(
                set => set.SetProperty(transaction => transaction.State, CardTransactionState.Refused).SetProperty(transaction => transaction.Outcome, SignInErrors.TransactionOver.Code),
                cancellationToken);

        // Read anew: of fetches that race, all but one saw a state that no longer holds.
        var wasNeverFetched = await db.Set<CardTransaction>().AnyAsync(transaction => transaction.Id == found.Id && transaction.State == CardTransactionState.Issued, cancellationToken);
        trail.AddRefusal(db, found.Id, isKnown: found.Citizen is not null, wasNeverFetched ? SignInErrors.TransactionOver : new Error("card.fetched-again", ErrorKind.Forbidden));
        await db.SaveChangesAsync(cancellationToken);
        return SignInErrors.TransactionOver;
    }
}
