using MyPortal.Identity;

namespace MyPortal.Features.Consents.Public;

/// <summary>Numbers for badges.</summary>
internal interface IConsentCounters
{
    /// <summary>Requests that wait for the viewer's decision.</summary>
    Task<int> WaitingAsync(Viewer viewer, CancellationToken cancellationToken);
}
