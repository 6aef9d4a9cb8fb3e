using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Sealing;

namespace MyPortal.Identity;

/// <summary>Finds whose a card is. Callers name a certificate by its reference bytes, root key hash ‖ serial.</summary>
internal sealed class CardOwners(PortalSeal seal)
{
    public byte[] LookUpHashOf(byte[] reference) => seal.KeyedHash("card-certificate", reference);

    /// <summary>The registration of a certificate, or null when nobody enrolled with it.</summary>
    public Task<CardCertificate?> FindAsync(PortalDbContext db, byte[] reference, CancellationToken cancellationToken)
    {
        var hash = LookUpHashOf(reference);
        return db.Set<CardCertificate>().AsNoTracking().SingleOrDefaultAsync(certificate => certificate.LookUpHash == hash, cancellationToken);
    }
}
