using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Data;
using MyPortal.Features.Consents.Deciding;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents.Keeping;

/// <summary>How far the business is with a withdrawal.</summary>
internal enum PartyAnswer
{
    /// <summary>The message is on its way.</summary>
    Sending,

    /// <summary>Its machine took the message; its signature is still missing.</summary>
    Delivered,

    /// <summary>It signed that it knows.</summary>
    Received,

    /// <summary>It did not answer within 72 hours.</summary>
    NoAnswer,
}

/// <summary>One line of the history.</summary>
internal sealed record ConsentEventView(ConsentEventKind What, DateTimeOffset At);

/// <summary>
/// One decided consent with everything the citizen may see of it. There is no receipt under a law, no answer of the business unless
/// the consent was withdrawn, and a way back to the business until it has fetched the result.
/// </summary>
internal sealed record ConsentView(
    ConsentId Id, ConsentState State, bool IsActive, ReceiptBusiness Business, ConsentClaims Claims, ReceiptFile? Receipt, ConsentReceipt? Content,
    DateTimeOffset? ExpiresAt, DateTimeOffset? EndedAt, int Deliveries, DateTimeOffset? LastDeliveryAt, IReadOnlyList<ConsentEventView> Steps,
    (PartyAnswer Answer, DateTimeOffset At)? Answer, bool CanReturn);

/// <summary>Opens a decided consent for its citizen.</summary>
internal sealed class ReadConsent(IDbContextFactory<PortalDbContext> databases, ReadConsentRequest requests, CitizenKeys keys, AuditTrail audit, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(72);

    /// <summary>Not found while nothing was decided and nothing is over: then there is only a request.</summary>
    public async Task<Result<ConsentView>> ExecuteAsync(Viewer viewer, ConsentId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var consent = await db.Set<Consent>().AsNoTracking()
            .SingleOrDefaultAsync(found => found.Id == id && found.Owner == viewer.Owner && found.DecidedAt != null, cancellationToken);
        if (consent is null)
        {
            return ConsentErrors.NotFound;
        }

        var now = clock.Now();
        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        var receipt = key.OpenOutcome(consent)?.Citizen;
        var (business, _) = await requests.BusinessOfAsync(db, consent, cancellationToken);
        var code = await db.Set<RecipientCode>().AsNoTracking().SingleOrDefaultAsync(found => found.ConsentId == id, cancellationToken);
        var steps = await db.Set<ConsentEvent>().AsNoTracking().Where(step => step.ConsentId == id).OrderBy(step => step.At)
            .Select(step => new ConsentEventView(step.What, step.At)).ToListAsync(cancellationToken);
        var canBeFetched = await db.Set<ConsentVisit>().AnyAsync(visit => visit.ConsentId == id && visit.FetchedAt == null, cancellationToken);
        audit.Add(db, AccessEvent.ConsentRead, Actor.Citizen(viewer.Citizen), viewer.Owner, id.Value);
        await db.SaveChangesAsync(cancellationToken);
        return new ConsentView(
            id, consent.State, consent.IsActive(now), business, key.OpenClaims(consent), receipt, receipt is null ? null : ConsentSeals.Read<ConsentReceipt>(receipt.Content),
            consent.ExpiresAt, consent.EndedAt, code?.Deliveries ?? 0, code?.LastDeliveryAt, steps,
            consent is { State: ConsentState.Withdrawn, EndedAt: { } ended } ? AnswerIn(steps, ended, now) : null,
            consent.IsActive(now) && canBeFetched);
    }

    private static (PartyAnswer Answer, DateTimeOffset At) AnswerIn(IReadOnlyList<ConsentEventView> steps, DateTimeOffset ended, DateTimeOffset now)
    {
        if (steps.FirstOrDefault(step => step.What is ConsentEventKind.WithdrawalAcknowledged) is { } signed)
        {
            return (PartyAnswer.Received, signed.At);
        }

        if (steps.FirstOrDefault(step => step.What is ConsentEventKind.WithdrawalUnanswered) is { } givenUp)
        {
            return (PartyAnswer.NoAnswer, givenUp.At);
        }

        if (now > ended + Patience)
        {
            return (PartyAnswer.NoAnswer, ended + Patience);
        }

        return steps.FirstOrDefault(step => step.What is ConsentEventKind.WithdrawalDelivered) is { } delivered
            ? (PartyAnswer.Delivered, delivered.At)
            : (PartyAnswer.Sending, ended);
    }
}
