using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>The answer for everybody who has not said otherwise.</summary>
internal sealed class NobodyIsTold : IReadingDisclosure
{
    public Task<bool> MayTellAsync(PortalDbContext db, CitizenId owner, SenderId sender, SenderServiceId service, CancellationToken cancellationToken) => Task.FromResult(false);
}
