using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Outbox;

namespace MyPortal.Features.Consents.Withdrawing;

/// <summary>
/// Ends consents for good. The commit is the point: from then on nothing is accepted or delivered under them, and what each business
/// is told travels with it.
/// </summary>
internal sealed class WithdrawConsents(IDbContextFactory<PortalDbContext> databases, ISenderDirectory senders, OutboxQueue outbox, AuditTrail audit, PortalSite site, TimeProvider clock)
{
    // As many identifiers as one statement takes on every engine.
    internal const int Batch = 500;

    /// <summary>Ends one consent. True also when it had ended before.</summary>
    public async Task<Result<bool>> ExecuteAsync(Viewer viewer, ConsentId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        var consent = await db.Set<Consent>().SingleOrDefaultAsync(found => found.Id == id && found.Owner == viewer.Owner, cancellationToken);
        if (consent is null || consent.DecidedAt is null || consent.State is ConsentState.Declined or ConsentState.UnderLaw)
        {
            return ConsentErrors.NotFound;
        }

        if (!consent.IsActive(clock.Now()))
        {
            return true;
        }

        await EndAsync(db, viewer, [consent], cancellationToken);
        return await SaveAsync(db, cancellationToken) && await CommittedAsync(work, cancellationToken);
    }

    /// <summary>Ends every consent of the viewer but those to keep, all together. Returns how many ended.</summary>
    public async Task<int> AllAsync(Viewer viewer, IReadOnlySet<Guid> kept, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.Now();
        var active = await db.Set<Consent>()
            .Where(found => found.Owner == viewer.Owner && found.State == ConsentState.Granted && found.ExpiresAt > now)
            .ToListAsync(cancellationToken);
        var ending = active.Where(consent => !kept.Contains(consent.Id.Value)).ToList();
        foreach (var batch in ending.OrderBy(consent => consent.Id.Value).Chunk(Batch))
        {
            await EndAsync(db, viewer, batch, cancellationToken);
        }

        if (!await SaveAsync(db, cancellationToken))
        {
            // One of them ended by another act at the same moment: what is left is counted anew.
            await work.RollbackAsync(cancellationToken);
            return await AllAsync(viewer, kept, cancellationToken);
        }

        await work.CommitAsync(cancellationToken);
        return ending.Count;
    }

    /// <summary>The exact bytes of the message about a withdrawal; the business signs their hash.</summary>
    internal static byte[] MessageOf(Consent consent, PortalSite site) => JsonSerializer.SerializeToUtf8Bytes(
        new ConsentEnded("1.0", consent.Id.Value, site.OriginText, ConsentEnded.Withdrawn, consent.EndedAt!.Value.ToUniversalTime(), new EndedConsent(consent.Id.Value)),
        ContractJson.Options);

    // Two statements for all of them, however many there are; the rest goes with the save.
    private async Task EndAsync(PortalDbContext db, Viewer viewer, IReadOnlyCollection<Consent> ending, CancellationToken cancellationToken)
    {
        var now = clock.Now();

        // Waits for deliveries that hold the right; those that come later find none.
        var ids = ending.Select(consent => consent.Id).ToList();
        await db.Set<RecipientCode>().Where(code => ids.Contains(code.ConsentId)).ExecuteDeleteAsync(cancellationToken);
        var parties = await senders.AskingAsync(db, [.. ending.Select(consent => consent.SenderId).Distinct()], cancellationToken);
        foreach (var consent in ending)
        {
            consent.End(ConsentState.Withdrawn, now);
            db.Add(ConsentEvent.Of(consent.Id, ConsentEventKind.Withdrawn, now));
            outbox.Add(db, new OutboxOrder(WithdrawalMessages.KindName, consent.SenderId.Value, new Uri(parties[consent.SenderId].Requester.MessageAddress), MessageOf(consent, site)) { MessageId = consent.Id.Value });
            audit.Add(db, AccessEvent.ConsentWithdrawn, Actor.Citizen(viewer.Citizen), viewer.Owner, consent.Id.Value);
        }
    }

    private static async Task<bool> SaveAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsUniqueViolation())
        {
            // Another act ended it at the same moment; which of the two the engine notices first differs.
            return false;
        }
    }

    private static async Task<bool> CommittedAsync(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction work, CancellationToken cancellationToken)
    {
        await work.CommitAsync(cancellationToken);
        return true;
    }
}
