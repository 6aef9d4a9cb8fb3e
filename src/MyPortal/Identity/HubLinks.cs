using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Identity;

/// <summary>What the portal needs to ask a holder about one person. Neither part names the person, and neither is kept in clear.</summary>
/// <param name="HubCode">The portal's own code of the person at the linkage hub.</param>
/// <param name="SubjectTag">The person's subject tag: lets both ends notice that they speak of different people.</param>
internal sealed record HubLink(string HubCode, byte[] SubjectTag);

/// <summary>A hub code as an account keeps it.</summary>
/// <param name="LookUpHash">Keyed hash by which a second account of the same person is found.</param>
/// <param name="Value">The code, sealed under the citizen's data key.</param>
internal sealed record SealedHubCode(byte[] LookUpHash, byte[] Value);

/// <summary>Seals and opens the link of a citizen to the linkage hub.</summary>
internal sealed class HubLinks(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, PortalSeal seal, AuditTrail audit)
{
    /// <summary>The code of a new account.</summary>
    public SealedHubCode Seal(SealingKey key, CitizenId citizen, string hubCode) =>
        new(LookUpHashOf(hubCode), key.Seal(Encoding.ASCII.GetBytes(hubCode), HubCodePlace(citizen)));

    /// <summary>Whether somebody has an account with this code already.</summary>
    public Task<bool> IsTakenAsync(PortalDbContext db, string hubCode, CancellationToken cancellationToken)
    {
        var hash = LookUpHashOf(hubCode);
        return db.Set<Citizen>().AnyAsync(citizen => citizen.HubCodeHash == hash, cancellationToken);
    }

    /// <summary>Opens the viewer's own link and records that it was opened; null for an account that has none.</summary>
    public async Task<HubLink?> OpenAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var citizen = await db.Set<Citizen>().AsNoTracking().SingleAsync(found => found.Id == viewer.Owner, cancellationToken);
        if (citizen.SealedHubCode is null)
        {
            return null;
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        var link = new HubLink(
            Encoding.ASCII.GetString(key.Open(citizen.SealedHubCode, HubCodePlace(viewer.Owner))),
            key.Open(citizen.SealedSubjectTag, OwnProfile.SubjectTagPlace(viewer.Owner)));
        audit.Add(db, AccessEvent.LinkOpened, Actor.Citizen(viewer.Citizen), viewer.Owner);
        await db.SaveChangesAsync(cancellationToken);
        return link;
    }

    /// <summary>Whether a kept hash is the one of the code sealed beside it; null where no account has a code. Not called on behalf of a citizen: it tries the keys and shows nothing.</summary>
    public async Task<bool?> FitsAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var citizen = await db.Set<Citizen>().AsNoTracking().Where(one => one.SealedHubCode != null).OrderBy(one => one.Id).FirstOrDefaultAsync(cancellationToken);
        if (citizen is null)
        {
            return null;
        }

        using var key = await keys.OpenAsync(db, citizen.Id, cancellationToken);
        var code = Encoding.ASCII.GetString(key.Open(citizen.SealedHubCode, HubCodePlace(citizen.Id)));
        return LookUpHashOf(code).AsSpan().SequenceEqual(citizen.HubCodeHash);
    }

    private static AssociatedData HubCodePlace(CitizenId citizen) => new("Citizens", "HubCode", citizen.ToString());

    private byte[] LookUpHashOf(string hubCode) => seal.KeyedHash("hub-code", Encoding.ASCII.GetBytes(hubCode));
}
