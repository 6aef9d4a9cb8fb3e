using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Proxies.Accepting;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Proxies.Keeping;

/// <summary>A mandate the viewer gave.</summary>
/// <param name="Id">Which.</param>
/// <param name="ProxyName">The certified name; before the proxy signed, the name the viewer wrote.</param>
/// <param name="State">How far it is.</param>
/// <param name="Until">While it waits, the end of the invitation; afterwards its last moment, UTC.</param>
/// <param name="LastUsedAt">When the proxy last looked, UTC.</param>
internal sealed record GivenMandate(MandateId Id, string ProxyName, MandateState State, DateTimeOffset Until, DateTimeOffset? LastUsedAt);

/// <summary>A folder the viewer may look into.</summary>
/// <param name="Id">Which.</param>
/// <param name="OwnerName">Whose notices they are.</param>
/// <param name="Until">Last moment, UTC.</param>
/// <param name="Unread">Notices the viewer has not opened.</param>
internal sealed record GivenFolder(MandateId Id, string OwnerName, DateTimeOffset Until, int Unread);

/// <summary>Both sides of a person: who sees mine, and whose I see.</summary>
/// <param name="Given">Mandates that wait or have force, newest first.</param>
/// <param name="Folders">Folders that can be opened.</param>
/// <param name="Invitations">Invitations the viewer claimed and has neither signed nor declined.</param>
/// <param name="IsSuspended">A card was reported lost, which suspends mandates.</param>
internal sealed record MandateOverview(IReadOnlyList<GivenMandate> Given, IReadOnlyList<GivenFolder> Folders, IReadOnlyList<MandateId> Invitations, bool IsSuspended);

/// <summary>Lists the mandates of the viewer on both sides.</summary>
internal sealed class ReadMandates(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, AuditTrail audit, TimeProvider clock)
{
    public async Task<MandateOverview> ExecuteAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var mandates = await db.Set<Mandate>().AsNoTracking()
            .Where(mandate => mandate.Principal == viewer.Citizen || mandate.Proxy == viewer.Citizen)
            .OrderByDescending(mandate => mandate.InvitedAt)
            .ToListAsync(cancellationToken);
        using var key = await keys.OpenAsync(db, viewer.Citizen, cancellationToken);
        var given = mandates.Where(mandate => mandate.Principal == viewer.Citizen && IsOpenAt(mandate, now)).Select(mandate => GivenOf(key, mandate)).ToList();
        var folders = mandates.Where(mandate => mandate.Proxy == viewer.Citizen && mandate.State is MandateState.Active or MandateState.StoppedSilently && mandate.ValidUntil > now)
            .Select(mandate => new GivenFolder(mandate.Id, ProxyCopy.OpenWith(key, mandate).PrincipalName, mandate.ValidUntil, mandate.State is MandateState.Active ? mandate.Unread : 0))
            .ToList();
        var invitations = mandates.Where(mandate => mandate.Proxy == viewer.Citizen && mandate.State is MandateState.Claimed && mandate.IsInvitationOpen(now)).Select(mandate => mandate.Id).ToList();
        var isSuspended = await db.Set<CardCertificate>().AnyAsync(certificate => certificate.CitizenId == viewer.Citizen && certificate.BlockedAt != null, cancellationToken);
        audit.Add(db, AccessEvent.MandatesListed, Actor.Citizen(viewer.Citizen), viewer.Citizen, outcome: string.Create(CultureInfo.InvariantCulture, $"{AuditTrail.Ok}:{given.Count + folders.Count}"));
        await db.SaveChangesAsync(cancellationToken);
        return new MandateOverview(given, folders, invitations, isSuspended);
    }

    /// <summary>How many people see the viewer's notices now, and how many mandates wait for the viewer's signature.</summary>
    public async Task<(int Active, int Waiting)> CountAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var active = await db.InForce(now).CountAsync(mandate => mandate.Principal == viewer.Citizen, cancellationToken);
        var waiting = await db.Set<Mandate>().CountAsync(mandate => mandate.Principal == viewer.Citizen && mandate.State == MandateState.Accepted && mandate.ValidUntil > now, cancellationToken);
        return (active, waiting);
    }

    internal static bool IsOpenAt(Mandate mandate, DateTimeOffset now) => mandate.State switch
    {
        MandateState.Invited or MandateState.Claimed => mandate.IsInvitationOpen(now),
        MandateState.Accepted or MandateState.Active => mandate.ValidUntil > now,
        _ => false,
    };

    internal static string ProxyNameOf(SealingKey key, Mandate mandate) => mandate.SealedProxyName is { } certified
        ? Encoding.UTF8.GetString(key.Open(certified, TakeMandateSignature.ProxyNamePlace(mandate)))
        : MandateTerms.OpenWith(key, mandate).ProxyName;

    private static GivenMandate GivenOf(SealingKey key, Mandate mandate) => new(
        mandate.Id,
        ProxyNameOf(key, mandate),
        mandate.State,
        mandate.State is MandateState.Invited or MandateState.Claimed ? mandate.InvitedUntil : mandate.ValidUntil,
        mandate.LastUsedAt);
}
