using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents.Public;

/// <summary>Whether a citizen lets a sender know that a notice was opened. Nobody is told unless the citizen said so.</summary>
internal interface IReadingDisclosure
{
    /// <summary>Asked inside the transaction of the opening, so a change of mind that was saved before counts.</summary>
    Task<bool> MayTellAsync(PortalDbContext db, CitizenId owner, SenderId sender, SenderServiceId service, CancellationToken cancellationToken);
}
