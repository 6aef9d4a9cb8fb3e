using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Features.SignIn.Enrolment;
using MyPortal.Features.SignIn.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Card;

/// <summary>The effect of a completed card transaction, added to a unit of work that is not saved yet.</summary>
/// <param name="Completed">What the browser gets; null when it gets the page of refusals.</param>
/// <param name="Refusal">Why there is no effect; then nothing is saved.</param>
internal sealed record CardEffect(CompletedTransaction? Completed, Error? Refusal = null);

/// <summary>What happens when code and cookie met, by purpose: a session begins, goes on confirmed, or a signature is taken.</summary>
internal sealed class CardTransactionEffects(Sessions sessions, EnrolCitizen enrol, IEnumerable<ISignedTextHandler> takers, PortalSeal seal, AuditTrail audit, TimeProvider clock)
{
    public async Task<CardEffect> AddAsync(PortalDbContext db, CardTransaction transaction, CardVerificationResult result, TransactionBrowser browser, CancellationToken cancellationToken)
    {
        if (transaction.Session is { } session)
        {
            return await GoOnAsync(db, transaction, result, session, browser.Viewer!, cancellationToken);
        }

        var isEnrolment = transaction.Purpose is CardPurpose.Enrol;
        var citizen = isEnrolment ? enrol.Add(db, result) : new CitizenId(result.Citizen!.Value);
        var level = isEnrolment ? AssuranceLevel.CardWithPin : await LevelOfAsync(db, citizen, result, cancellationToken);
        var basis = new SessionBasis(level, LoginEvidence.CardPin, TerminalClass.OwnDevice, browser.Device) { Replaces = browser.Viewer?.Session };
        var begun = await sessions.BeginAsync(db, citizen, basis, cancellationToken);
        audit.Add(db, isEnrolment ? AccessEvent.Enrolled : AccessEvent.LoggedIn, Actor.Citizen(citizen), citizen, transaction.Id);
        return new CardEffect(new CompletedTransaction(transaction.ReturnPath, begun.Token, IsNewSession: true) { HasEndedAnother = begun.HasEndedAnother });
    }

    // Signing shows card and PIN as much as a step-up does, so it confirms the session, too.
    private async Task<CardEffect> GoOnAsync(PortalDbContext db, CardTransaction transaction, CardVerificationResult result, SessionId session, Viewer viewer, CancellationToken cancellationToken)
    {
        var level = await LevelOfAsync(db, viewer.Citizen, result, cancellationToken);
        if (await sessions.ConfirmAsync(db, session, level, cancellationToken) is not { } token)
        {
            return new CardEffect(null, SignInErrors.TransactionOver);
        }

        if (transaction.Purpose is not CardPurpose.Sign)
        {
            audit.Add(db, AccessEvent.SteppedUp, Actor.Citizen(viewer.Citizen), viewer.Citizen, transaction.Id);
            return new CardEffect(new CompletedTransaction(transaction.ReturnPath, token, IsNewSession: false));
        }

        var taken = await TakeAsync(db, transaction, result.Signature!, viewer, cancellationToken);
        if (taken.Refusal is not null)
        {
            return new CardEffect(new CompletedTransaction(taken.GoOnTo, SessionToken: null, IsNewSession: false), taken.Refusal);
        }

        audit.Add(db, AccessEvent.TextSigned, Actor.Citizen(viewer.Citizen), viewer.Citizen, transaction.TextAbout);
        return new CardEffect(new CompletedTransaction(taken.GoOnTo, token, IsNewSession: false));
    }

    private Task<SignedTextOutcome> TakeAsync(PortalDbContext db, CardTransaction transaction, SignatureEvidence evidence, Viewer viewer, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Deserialize<CardDocument>(transaction.Document, ContractJson.Options)!;
        var text = Encoding.UTF8.GetString(seal.Open(transaction.SealedText!, TransactionSecrets.TextPlace(transaction.Id)));
        var signed = new SignedText(
            viewer,
            transaction.TextAbout!.Value,
            document.Statement!.Role,
            text,
            transaction.Document,
            seal.KeyedHash("signature-certificate", evidence.Reference),
            evidence.HolderName,
            evidence.CheckedAt);
        return takers.Single(taker => taker.Kind == transaction.TextKind).TakeAsync(db, signed, cancellationToken);
    }

    private async Task<AssuranceLevel> LevelOfAsync(PortalDbContext db, CitizenId citizen, CardVerificationResult result, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var agent = await db.Set<KnownAgent>()
            .SingleOrDefaultAsync(found => found.CitizenId == citizen && found.KeyHash == result.AgentKeyHash, cancellationToken);
        if (agent is null)
        {
            agent = KnownAgent.FirstSeen(citizen, result.AgentKeyHash, now);
            db.Add(agent);
        }

        agent.SeenAt(now);
        return agent.LevelAt(now);
    }
}
