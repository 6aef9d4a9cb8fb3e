using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents.SenderSettings;

/// <summary>One service that may write to the citizen, under a consent or a law, and what the citizen chose for it.</summary>
internal sealed record SenderChoice(
    SenderId Sender, SenderServiceId Service, string SenderName, string ServiceName, bool IsPublic, string? Law, ConsentId Consent, bool IsReceived, bool IsAnnounced, bool IsToldOpened, int Deliveries, DateTimeOffset? LastDeliveryAt);

/// <summary>Reads and changes what each sender may do. No content is opened, so reading leaves no record.</summary>
internal sealed class SenderChoices(IDbContextFactory<PortalDbContext> databases, ISenderDirectory senders, AuditTrail audit, TimeProvider clock)
{
    public async Task<IReadOnlyList<SenderChoice>> ListAsync(Viewer viewer, SenderId? sender, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var codes = await db.Set<RecipientCode>().AsNoTracking()
            .Where(code => code.CitizenId == viewer.Owner && (code.EndsAt == null || code.EndsAt > now) && (sender == null || code.SenderId == sender))
            .OrderBy(code => code.GrantedAt)
            .ToListAsync(cancellationToken);
        var cards = await senders.FindAsync(db, [.. codes.Select(code => code.SenderId).Distinct()], cancellationToken);
        var choices = new List<SenderChoice>();
        foreach (var code in codes)
        {
            var card = cards[code.SenderId];
            var service = await senders.ServiceNameAsync(db, code.ServiceId, cancellationToken);
            choices.Add(new SenderChoice(
                code.SenderId, code.ServiceId, card.Name, service, card.IsPublic, code.Law, code.ConsentId, code.IsReceived, code.IsAnnounced, code.IsToldOpened, code.Deliveries, code.LastDeliveryAt));
        }

        return choices;
    }

    public async Task<Result<bool>> SaveAsync(Viewer viewer, SenderId sender, SenderServiceId service, bool isReceived, bool isAnnounced, bool isToldOpened, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var code = await db.Set<RecipientCode>()
            .SingleOrDefaultAsync(found => found.CitizenId == viewer.Owner && found.SenderId == sender && found.ServiceId == service, cancellationToken);
        if (code is null)
        {
            return ConsentErrors.NotFound;
        }

        code.Choose(isReceived, isAnnounced, isToldOpened);
        audit.Add(db, AccessEvent.SenderChoiceChanged, Actor.Citizen(viewer.Citizen), viewer.Owner, service.Value);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
