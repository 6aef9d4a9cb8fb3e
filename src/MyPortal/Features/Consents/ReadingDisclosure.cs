using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>Answers from what the citizen chose for the service; a withdrawn consent leaves no choice and tells nothing.</summary>
internal sealed class ReadingDisclosure : IReadingDisclosure
{
    public Task<bool> MayTellAsync(PortalDbContext db, CitizenId owner, SenderId sender, SenderServiceId service, CancellationToken cancellationToken) =>
        db.Set<RecipientCode>().AnyAsync(code => code.CitizenId == owner && code.SenderId == sender && code.ServiceId == service && code.IsToldOpened, cancellationToken);
}
