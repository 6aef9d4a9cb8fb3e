using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Jpki;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Card;

/// <summary>
/// Takes the agent's answer and verifies it in the fixed order of the verifier. Nothing happens yet: the result waits for the
/// browser that began. Not called on behalf of a citizen: the response secret is the right to answer.
/// </summary>
internal sealed class AnswerCardTransaction(
    IDbContextFactory<PortalDbContext> databases,
    CardVerification verification,
    CardHolderResolver people,
    HubLinks links,
    Sessions sessions,
    PortalSeal seal,
    CardTrail trail,
    RandomSource random,
    TimeProvider clock)
{
    public async Task<Result<CardCompletion>> ExecuteAsync(string ticket, string ticketAddress, CardResponse response, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);

        // Step 2: the transaction is known and live, and the answer comes from whoever fetched it.
        var ticketHash = TransactionSecrets.HashOf(ticket);
        var transaction = await db.Set<CardTransaction>().AsNoTracking().SingleOrDefaultAsync(found => found.TicketHash == ticketHash, cancellationToken);
        if (transaction is null || transaction.State is not CardTransactionState.Fetched || !transaction.IsOpenAt(clock.Now()) || !CardVerification.ComesFromFetcher(transaction, response))
        {
            return await RefuseBeforeAsync(db, transaction, SignInErrors.TransactionOver, SignInErrors.TransactionOver, cancellationToken);
        }

        // Steps 1 and 3 to 7: form, content, path, profile, signature.
        var verified = verification.VerifySignatures(transaction, response);
        if (verified.IsRefused)
        {
            var outside = verified.Error == JpkiErrors.Expired ? SignInErrors.CertificateNotValid : SignInErrors.NotAccepted;
            return await RefuseBeforeAsync(db, transaction, verified.Error, outside, cancellationToken);
        }

        // Step 13 checks the proof here, because a wrong one is a refusal; how well the agent is known decides the level at completion.
        if (AgentProofs.KeyHashOf(response, ticketAddress) is not { } agentKeyHash)
        {
            return await RefuseBeforeAsync(db, transaction, new Error("card.wrong-agent-proof", ErrorKind.Forbidden), SignInErrors.NotAccepted, cancellationToken);
        }

        // Step 8: consume. Of two answers that race, one finds no row.
        if (!await MoveAsync(db, transaction.Id, CardTransactionState.Fetched, CardTransactionState.Consumed, cancellationToken))
        {
            return await RefuseBeforeAsync(db, transaction, SignInErrors.TransactionOver, SignInErrors.TransactionOver, cancellationToken);
        }

        // Steps 9 and 10: the issuer's word on revocation and linkage.
        var confirmed = await verification.AskIssuerAsync(verified.Value, cancellationToken);
        if (confirmed.IsRefused)
        {
            return await RefuseAfterAsync(db, transaction, verified.Value, confirmed.Error, OutsideOf(confirmed.Error), cancellationToken);
        }

        var person = await people.FindAsync(db, transaction, confirmed.Value.Authentication, cancellationToken);
        if (person.IsRefused)
        {
            return await RefuseAfterAsync(db, transaction, verified.Value, person.Error, person.Error, cancellationToken);
        }

        var hubCode = await FindHubCodeAsync(db, confirmed.Value, cancellationToken);
        if (hubCode.IsRefused)
        {
            return await RefuseAfterAsync(db, transaction, verified.Value, hubCode.Error, OutsideOf(hubCode.Error), cancellationToken);
        }

        var result = CardVerificationResult.Of(confirmed.Value, agentKeyHash, person.Value, hubCode.Value) with
        {
            Signature = EvidenceIn(transaction.Purpose, confirmed.Value.Signature),
        };
        return await RecordAsync(db, transaction, result, cancellationToken);
    }

    // Enrolment only: the hub's word on whose card it is, and that this person has no account yet, whatever card made it.
    private async Task<Result<string?>> FindHubCodeAsync(PortalDbContext db, VerifiedCertificates verified, CancellationToken cancellationToken)
    {
        var code = await verification.AskHubAsync(verified, cancellationToken);
        return code is { IsRefused: false, Value: { } found } && await links.IsTakenAsync(db, found, cancellationToken) ? SignInErrors.PersonEnrolled : code;
    }

    private async Task<Result<CardCompletion>> RecordAsync(PortalDbContext db, CardTransaction transaction, CardVerificationResult result, CancellationToken cancellationToken)
    {
        var code = random.Token();
        var codeHash = TransactionSecrets.HashOf(code);
        var expires = clock.Now() + CardTransaction.CompletionLife;
        var sealedResult = result.SealWith(seal, transaction.Id);
        await db.Set<CardTransaction>()
            .Where(found => found.Id == transaction.Id && found.State == CardTransactionState.Consumed)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(found => found.State, CardTransactionState.Verified)
                    .SetProperty(found => found.CompletionHash, codeHash)
                    .SetProperty(found => found.CompletionExpiresAt, expires)
                    .SetProperty(found => found.SealedResult, sealedResult),
                cancellationToken);
        return new CardCompletion(code);
    }

    private async Task<Error> RefuseBeforeAsync(PortalDbContext db, CardTransaction? transaction, Error reason, Error outside, CancellationToken cancellationToken)
    {
        trail.AddRefusal(db, transaction?.Id, isKnown: transaction?.Citizen is not null, reason);
        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await db.Set<CardTransaction>()
                .Where(found => found.Id == transaction.Id && found.State == CardTransactionState.Fetched)
                .ExecuteUpdateAsync(set => set.SetProperty(found => found.Refusals, found => found.Refusals + 1), cancellationToken);
            await db.Set<CardTransaction>()
                .Where(found => found.Id == transaction.Id && found.State == CardTransactionState.Fetched && found.Refusals >= CardTransaction.MostRefusals)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(found => found.State, CardTransactionState.Refused).SetProperty(found => found.Outcome, outside.Code),
                    cancellationToken);
        }

        return outside;
    }

    private async Task<Error> RefuseAfterAsync(PortalDbContext db, CardTransaction transaction, VerifiedCertificates verified, Error reason, Error outside, CancellationToken cancellationToken)
    {
        // The card has signed: whose it is can be told even when it is refused.
        var isKnown = transaction.Citizen is not null || reason == SignInErrors.PersonEnrolled || await people.IsRegisteredAsync(db, verified.Authentication, cancellationToken);
        trail.AddRefusal(db, transaction.Id, isKnown, reason);
        if (reason == SignInErrors.OtherPerson && transaction.Session is { } session)
        {
            await sessions.EndInAlarmAsync(db, session, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Set<CardTransaction>()
            .Where(found => found.Id == transaction.Id && found.State == CardTransactionState.Consumed)
            .ExecuteUpdateAsync(
                set => set.SetProperty(found => found.State, CardTransactionState.Refused).SetProperty(found => found.Outcome, outside.Code),
                cancellationToken);
        return outside;
    }

    private async Task<bool> MoveAsync(PortalDbContext db, Guid id, CardTransactionState from, CardTransactionState to, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var latest = CardTransaction.Life.LatestEnd(now);
        return await db.Set<CardTransaction>()
            .Where(transaction => transaction.Id == id && transaction.State == from && transaction.ExpiresAt > now && transaction.ExpiresAt <= latest)
            .ExecuteUpdateAsync(set => set.SetProperty(transaction => transaction.State, to), cancellationToken) is 1;
    }

    private SignatureEvidence? EvidenceIn(CardPurpose purpose, VerifiedCertificate? signature) =>
        purpose is CardPurpose.Sign && signature is not null ? new SignatureEvidence(signature.Identity.ToBytes(), signature.HolderName ?? "", clock.Now()) : null;

    private static Error OutsideOf(Error reason) => reason switch
    {
        _ when reason == SignInErrors.PersonEnrolled => reason,
        _ when reason == HubErrors.NotLinked => SignInErrors.NotLinked,
        { Kind: ErrorKind.Unavailable } when reason.Code.StartsWith("hub.", StringComparison.Ordinal) => SignInErrors.HubUnavailable,
        { Kind: ErrorKind.Unavailable } => SignInErrors.IssuerUnavailable,
        _ when reason == JpkiErrors.Revoked || reason == JpkiErrors.UnknownToIssuer => SignInErrors.CertificateNotValid,
        _ => SignInErrors.NotAccepted,
    };
}
