using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Identity;

namespace MyPortal.Features.Account;

/// <summary>The plain facts of an account.</summary>
/// <param name="EnrolledAt">When the person registered.</param>
/// <param name="CertificateValidUntil">End of the newest usable certificate; null when there is none.</param>
internal sealed record AccountFacts(DateTimeOffset EnrolledAt, DateTimeOffset? CertificateValidUntil);

/// <summary>Reads the plain facts of the viewer's own account; nothing of it is sealed.</summary>
internal sealed class ReadAccount(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<AccountFacts> ExecuteAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var enrolledAt = await db.Set<Citizen>().AsNoTracking().Where(citizen => citizen.Id == viewer.Owner).Select(citizen => citizen.EnrolledAt).SingleAsync(cancellationToken);
        var certificates = await db.Set<CardCertificate>().AsNoTracking().Where(certificate => certificate.CitizenId == viewer.Owner).ToListAsync(cancellationToken);
        return new AccountFacts(enrolledAt, certificates.Where(certificate => certificate.IsUsable).Max(certificate => (DateTimeOffset?)certificate.ValidUntil));
    }
}
