using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents.Deciding;

/// <summary>The three equal answers. None is ever chosen in advance.</summary>
internal enum ConsentAnswer
{
    Agree,
    Refuse,
    Later,
}

/// <summary>What the person chose.</summary>
/// <param name="Answer">Null when none was.</param>
/// <param name="Items">Ticked items; they count only together with <see cref="ConsentAnswer.Agree"/>.</param>
internal sealed record ConsentChoice(ConsentAnswer? Answer, IReadOnlySet<string> Items)
{
    /// <summary>Everything that is missing, with the item where one is; empty when it can be carried out.</summary>
    public IReadOnlyList<(Error Error, ConsentItem? Item)> ViolationsAgainst(ConsentClaims claims)
    {
        if (Answer is null)
        {
            return [(DecisionErrors.Missing, null)];
        }

        if (Answer is not ConsentAnswer.Agree)
        {
            return [];
        }

        var required = claims.Items.Where(item => item.IsRequired && !Items.Contains(item.Id)).ToList();
        return required.Count > 0 ? [.. required.Select(item => (DecisionErrors.ItemRequired, (ConsentItem?)item))]
            : claims.Items.Any(item => Items.Contains(item.Id)) ? []
            : [(DecisionErrors.NothingChosen, null)];
    }
}

/// <summary>Carries out a decision: one business at a time, recorded whichever way it goes.</summary>
internal sealed class DecideConsent(
    IDbContextFactory<PortalDbContext> databases, ReadConsentRequest read, RecipientCodes codes, WriteReceipts receipts, CitizenKeys keys, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The one item whose meaning the portal knows: that the business learns whether a notice was opened.</summary>
    public const string OpenedItem = "opened";

    public async Task<Result<ConsentState>> ExecuteAsync(Viewer viewer, ConsentId id, ConsentChoice choice, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        var consent = await db.Set<Consent>().SingleOrDefaultAsync(found => found.Id == id && found.Owner == viewer.Owner, cancellationToken);
        if (consent is null)
        {
            return ConsentErrors.NotFound;
        }

        var now = clock.Now();
        if (!consent.IsWaiting(now))
        {
            return consent.State is ConsentState.Requested ? DecisionErrors.Lapsed : DecisionErrors.Decided;
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        var claims = key.OpenClaims(consent);
        var (business, law) = await read.BusinessOfAsync(db, consent, cancellationToken);
        if (law is null && choice.ViolationsAgainst(claims) is [var violation, ..])
        {
            return violation.Error;
        }

        if (choice.Answer is null or ConsentAnswer.Later)
        {
            return consent.State;
        }

        if (choice.Answer is ConsentAnswer.Agree && law is not null)
        {
            await LinkUnderLawAsync(db, key, viewer, consent, law, cancellationToken);
        }
        else if (choice.Answer is ConsentAnswer.Agree)
        {
            await GrantAsync(db, key, viewer, consent, new ReceiptFacts(consent.Place, claims, business, choice.Items, now, viewer), cancellationToken);
        }
        else
        {
            var facts = new ReceiptFacts(consent.Place, claims, business, new HashSet<string>(StringComparer.Ordinal), now, viewer);
            consent.Decline(now, law is null ? key.Seal(receipts.For(facts), consent.Place, viewer.Owner) : null);
            db.Add(ConsentEvent.Of(id, ConsentEventKind.Declined, now));
            audit.Add(db, AccessEvent.ConsentRefused, Actor.Citizen(viewer.Citizen), viewer.Owner, id.Value);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsUniqueViolation())
        {
            // The same form was sent twice at once; the other one was first.
            return DecisionErrors.Decided;
        }

        await work.CommitAsync(cancellationToken);
        return consent.State;
    }

    private async Task GrantAsync(PortalDbContext db, SealingKey key, Viewer viewer, Consent consent, ReceiptFacts facts, CancellationToken cancellationToken)
    {
        var previous = await db.Set<Consent>()
            .Where(found => found.Owner == viewer.Owner && found.ServiceId == consent.ServiceId && found.State == ConsentState.Granted && found.ExpiresAt > facts.At)
            .ToListAsync(cancellationToken);
        foreach (var replaced in previous)
        {
            replaced.End(ConsentState.Superseded, facts.At);
            db.Add(ConsentEvent.Of(replaced.Id, ConsentEventKind.Superseded, facts.At));
        }

        var expires = facts.At.AddDays(facts.Claims.Days);
        var code = await codes.GrantAsync(db, key, viewer.Owner, consent.Place, expires, law: null, facts.Given.Contains(OpenedItem), cancellationToken);
        var outcome = receipts.For(facts with { Pseudonym = code, ExpiresAt = expires, Previous = previous is [var last, ..] ? last.Id : null });
        consent.Grant(facts.At, expires, key.Seal(outcome, consent.Place, viewer.Owner));
        db.Add(ConsentEvent.Of(consent.Id, ConsentEventKind.Granted, facts.At));
        audit.Add(db, AccessEvent.ConsentGiven, Actor.Citizen(viewer.Citizen), viewer.Owner, consent.Id.Value);
    }

    // A law lets the agency write; the person only says where, so that no agency needs an identifier of the portal's own.
    private async Task LinkUnderLawAsync(PortalDbContext db, SealingKey key, Viewer viewer, Consent consent, string law, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await codes.GrantAsync(db, key, viewer.Owner, consent.Place, endsAt: null, law, isToldOpened: false, cancellationToken);
        consent.LinkUnderLaw(now);
        db.Add(ConsentEvent.Of(consent.Id, ConsentEventKind.LinkedUnderLaw, now));
        audit.Add(db, AccessEvent.LinkedUnderLaw, Actor.Citizen(viewer.Citizen), viewer.Owner, consent.Id.Value);
    }
}
