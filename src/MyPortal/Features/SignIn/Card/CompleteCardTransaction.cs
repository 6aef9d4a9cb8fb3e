using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Features.SignIn.Enrolment;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Card;

/// <summary>What the browser gets when code and cookie met.</summary>
internal sealed record CompletedVisit(string SessionToken, string ReturnPath);

/// <summary>
/// The moment of effect: completion code and cookie of the browser that began must meet. A code that arrives without its cookie is
/// somebody else's request; it kills the transaction and nothing is done. Works for no viewer: it is what makes one.
/// </summary>
internal sealed class CompleteCardTransaction(
    IDbContextFactory<PortalDbContext> databases,
    PortalSeal seal,
    CardOwners owners,
    Sessions sessions,
    EnrolCitizen enrol,
    AuditTrail audit,
    TimeProvider clock)
{
    public async Task<Result<CompletedVisit>> ExecuteAsync(string code, string? binding, string device, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var codeHash = CardSecrets.HashOf(code);
        var transaction = await db.Set<CardTransaction>().AsNoTracking().SingleOrDefaultAsync(found => found.CompletionHash == codeHash, cancellationToken);
        if (transaction is null)
        {
            return SignInErrors.TransactionOver;
        }

        // A used code has no power left, and its cookie is gone even in the browser that used it.
        var isThisBrowsers = binding is not null && transaction.BindingHash.AsSpan().SequenceEqual(CardSecrets.HashOf(binding));
        if (transaction.State is CardTransactionState.Verified && !isThisBrowsers)
        {
            return await RefuseAsync(db, transaction.Id, SignInErrors.OtherBrowser, cancellationToken);
        }

        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.Now();
        var isFirst = await db.Set<CardTransaction>()
            .Where(found => found.Id == transaction.Id && found.State == CardTransactionState.Verified && found.CompletionExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(found => found.State, CardTransactionState.Completed).SetProperty(found => found.SealedResult, (byte[]?)null),
                cancellationToken) is 1;
        if (!isFirst)
        {
            await work.RollbackAsync(cancellationToken);
            return await RefuseAsync(db, transaction.Id, SignInErrors.TransactionOver, cancellationToken);
        }

        // The card may have been reported lost in the minute since it signed.
        var result = VisitResult.OpenWith(seal, transaction.Id, transaction.SealedResult!);
        if (result.Citizen is not null && await owners.FindAsync(db, result.Certificate.ToBytes(), cancellationToken) is not { IsUsable: true })
        {
            await work.RollbackAsync(cancellationToken);
            return await RefuseAsync(db, transaction.Id, SignInErrors.CardBlocked, cancellationToken);
        }

        var citizen = result.Citizen is { } known ? new CitizenId(known) : enrol.Add(db, result);
        var level = await LevelOfAsync(db, citizen, result, cancellationToken);
        var token = await sessions.BeginAsync(db, citizen, new SessionBasis(level, LoginEvidence.CardPin, TerminalClass.OwnDevice, device), cancellationToken);
        audit.Add(db, transaction.Purpose is CardPurpose.Enrol ? AccessEvent.Enrolled : AccessEvent.LoggedIn, Actor.Citizen(citizen), citizen, transaction.Id);
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
            return await RefuseAsync(db, transaction.Id, error, cancellationToken);
        }

        await work.CommitAsync(cancellationToken);
        return new CompletedVisit(token, transaction.ReturnPath);
    }

    private async Task<AssuranceLevel> LevelOfAsync(PortalDbContext db, CitizenId citizen, VisitResult result, CancellationToken cancellationToken)
    {
        if (result.Citizen is null)
        {
            return AssuranceLevel.CardWithPin;
        }

        var now = clock.Now();
        var agent = await db.Set<KnownAgent>().AsNoTracking()
            .SingleOrDefaultAsync(found => found.CitizenId == citizen && found.KeyHash == result.AgentKeyHash, cancellationToken);
        if (agent is null)
        {
            agent = KnownAgent.FirstSeen(citizen, result.AgentKeyHash, now);
            db.Add(agent);
        }

        return agent.LevelAt(now);
    }

    private async Task<Error> RefuseAsync(PortalDbContext db, Guid transaction, Error error, CancellationToken cancellationToken)
    {
        await db.Set<CardTransaction>()
            .Where(found => found.Id == transaction && found.State == CardTransactionState.Verified)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(found => found.State, CardTransactionState.Refused)
                    .SetProperty(found => found.Outcome, error.Code)
                    .SetProperty(found => found.SealedResult, (byte[]?)null),
                cancellationToken);
        audit.Add(db, AccessEvent.LoginRefused, Actor.Unknown, objectId: transaction, outcome: error.Code);
        await db.SaveChangesAsync(cancellationToken);
        return error;
    }
}
