using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Jpki;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Card;

/// <summary>Finds the registration of a certificate by its keyed hash.</summary>
internal static class CertificateLookUp
{
    public static byte[] HashOf(PortalSeal seal, CertificateIdentity identity) => seal.KeyedHash("card-certificate", identity.ToBytes());

    public static Task<CardCertificate?> FindAsync(PortalDbContext db, PortalSeal seal, CertificateIdentity identity, CancellationToken cancellationToken)
    {
        var hash = HashOf(seal, identity);
        return db.Set<CardCertificate>().AsNoTracking().SingleOrDefaultAsync(certificate => certificate.LookUpHash == hash, cancellationToken);
    }
}
