using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents;

internal sealed class RecipientDirectory(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, PortalSeal seal, RandomSource random, TimeProvider clock) : IRecipientDirectory
{
    public async Task<Recipient?> FindAsync(SenderId sender, string code, CancellationToken cancellationToken)
    {
        if (!Crockford.TryRead(code, RecipientCode.CodeBytes, out var bytes))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var hash = HashOf(sender, bytes);
        return await db.Set<RecipientCode>().AsNoTracking()
            .Where(found => found.Hash == hash && found.SenderId == sender)
            .Select(found => new Recipient(found.CitizenId, found.ServiceId))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The code of a citizen for a service; made at the first call. Works for no viewer: only the sandbox's command line grants so.</summary>
    public async Task<string> GrantAsync(CitizenId citizen, SenderId sender, SenderServiceId service, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using var key = await keys.OpenAsync(db, citizen, cancellationToken);
        var place = new SealedPlace("RecipientCodes", "Code", citizen.ToString(), sender.ToString(), service.ToString());
        var known = await db.Set<RecipientCode>().AsNoTracking().SingleOrDefaultAsync(found => found.CitizenId == citizen && found.ServiceId == service, cancellationToken);
        if (known is not null)
        {
            return Encoding.UTF8.GetString(key.Open(known.SealedCode, place));
        }

        var bytes = random.Bytes(RecipientCode.CodeBytes);
        var code = Crockford.Write(bytes);
        db.Add(RecipientCode.Grant(HashOf(sender, bytes), citizen, sender, service, key.Seal(Encoding.UTF8.GetBytes(code), place), clock.Now()));
        await db.SaveChangesAsync(cancellationToken);
        return code;
    }

    private byte[] HashOf(SenderId sender, byte[] code) => seal.KeyedHash("recipient-code", [.. sender.Value.ToByteArray(bigEndian: true), .. code]);
}
