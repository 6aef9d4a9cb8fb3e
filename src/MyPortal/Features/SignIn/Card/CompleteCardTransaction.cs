using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Features.SignIn.Enrolment;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Card;

/// <summary>What the browser gets when code and cookie met.</summary>
/// <param name="ReturnPath">Where the person goes on to.</param>
/// <param name="SessionToken">For the session cookie; null when it stays as it is.</param>
/// <param name="IsNewSession">Whether the browser's former session, if it had one, is replaced.</param>
internal sealed record CompletedTransaction(string ReturnPath, string? SessionToken, bool IsNewSession)
{
    /// <summary>Whether the login was one too many and ended another; the person is told before going on.</summary>
    public bool HasEndedAnother { get; init; }
}

/// <summary>The browser that brings a completion code.</summary>
/// <param name="Binding">Its binding cookie.</param>
/// <param name="Device">Its kind in a few words.</param>
/// <param name="Viewer">Its session; null when signed out.</param>
internal sealed record TransactionBrowser(string? Binding, string Device, Viewer? Viewer);

/// <summary>
/// The moment of effect: completion code and cookie of the browser that began must meet. A code that arrives without its cookie is
/// somebody else's request; it kills the transaction and nothing is done. Not called on behalf of a citizen: it is what makes one.
/// </summary>
internal sealed class CompleteCardTransaction(
    IDbContextFactory<PortalDbContext> databases,
    PortalSeal seal,
    CardOwners owners,
    CardTransactionEffects effects,
    EnrolCitizen enrol,
    CardTrail trail,
    TimeProvider clock)
{
    public async Task<Result<CompletedTransaction>> ExecuteAsync(string code, TransactionBrowser browser, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var codeHash = TransactionSecrets.HashOf(code);
        var transaction = await db.Set<CardTransaction>().AsNoTracking().SingleOrDefaultAsync(found => found.CompletionHash == codeHash, cancellationToken);
        if (transaction is null)
        {
            return SignInErrors.TransactionOver;
        }

        // A used code has no power left, and its cookie is gone even in the browser that used it.
        var isThisBrowsers = browser.Binding is { } binding && transaction.BindingHash.AsSpan().SequenceEqual(TransactionSecrets.HashOf(binding))
            && (transaction.Session is null || transaction.Session == browser.Viewer?.Session);
        if (transaction.State is CardTransactionState.Verified && !isThisBrowsers)
        {
            return await RefuseAsync(db, transaction, SignInErrors.OtherBrowser, cancellationToken);
        }

        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await IsFirstAsync(db, transaction.Id, cancellationToken))
        {
            await work.RollbackAsync(cancellationToken);
            return await RefuseAsync(db, transaction, SignInErrors.TransactionOver, cancellationToken);
        }

        // The card may have been reported lost in the minute since it signed.
        var result = CardVerificationResult.OpenWith(seal, transaction.Id, transaction.SealedResult!);
        if (result.Citizen is not null && await owners.FindAsync(db, result.Certificate.ToBytes(), cancellationToken) is not { IsUsable: true })
        {
            await work.RollbackAsync(cancellationToken);
            return await RefuseAsync(db, transaction, SignInErrors.CardBlocked, cancellationToken);
        }

        var effect = await effects.AddAsync(db, transaction, result, browser, cancellationToken);
        if (effect.Refusal is { } refusal)
        {
            await work.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            var refused = await RefuseAsync(db, transaction, refusal, cancellationToken);
            return effect.Completed is null ? refused : effect.Completed;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Two browsers enrolled one card or one person, or brought one new agent, at the same moment; the other was first.
            await work.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            var error = transaction.Purpose is CardPurpose.Enrol ? await enrol.ReasonAgainstAsync(db, result, cancellationToken) : SignInErrors.TransactionOver;
            return await RefuseAsync(db, transaction, error, cancellationToken);
        }

        await work.CommitAsync(cancellationToken);
        return effect.Completed!;
    }

    /// <summary>What the card was asked for; null when no transaction has this code. Not called on behalf of a citizen: it only says where to begin anew.</summary>
    public async Task<CardPurpose?> PurposeOfAsync(string code, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var codeHash = TransactionSecrets.HashOf(code);
        return await db.Set<CardTransaction>().Where(found => found.CompletionHash == codeHash).Select(found => (CardPurpose?)found.Purpose).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<bool> IsFirstAsync(PortalDbContext db, Guid transaction, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var latest = CardTransaction.CompletionLife.LatestEnd(now);
        return await db.Set<CardTransaction>()
            .Where(found => found.Id == transaction && found.State == CardTransactionState.Verified && found.CompletionExpiresAt > now && found.CompletionExpiresAt <= latest)
            .ExecuteUpdateAsync(
                set => set.SetProperty(found => found.State, CardTransactionState.Completed).SetProperty(found => found.SealedResult, (byte[]?)null),
                cancellationToken) is 1;
    }

    private async Task<Error> RefuseAsync(PortalDbContext db, CardTransaction transaction, Error error, CancellationToken cancellationToken)
    {
        await db.Set<CardTransaction>()
            .Where(found => found.Id == transaction.Id && found.State == CardTransactionState.Verified)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(found => found.State, CardTransactionState.Refused)
                    .SetProperty(found => found.Outcome, error.Code)
                    .SetProperty(found => found.SealedResult, (byte[]?)null),
                cancellationToken);
        trail.AddRefusal(db, transaction.Id, IsOfKnown(transaction), error);
        await db.SaveChangesAsync(cancellationToken);
        return error;
    }

    // Only an enrolment that never came to its end is a stranger's: a login gets a code only with a card that somebody enrolled with.
    private static bool IsOfKnown(CardTransaction transaction) => transaction.Purpose is not CardPurpose.Enrol || transaction.State is CardTransactionState.Completed;
}
