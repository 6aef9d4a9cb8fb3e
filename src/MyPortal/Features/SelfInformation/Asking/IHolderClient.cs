using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.SelfInformation.Asking;

/// <summary>Asks one holder about one person by one row.</summary>
internal delegate Task<HolderResponse> HolderAsker(MatrixRow row, CancellationToken cancellationToken);

/// <summary>The way to the holders: behind it lies another process.</summary>
internal interface IHolderClient
{
    /// <summary>Who takes part and what may be asked, as the hub signed it.</summary>
    Task<Result<HubPublications>> ReadPublicationsAsync(CancellationToken cancellationToken);

    /// <summary>Opens the viewer's link with the hub. What it returns works without the viewer's request.</summary>
    Task<Result<HolderAsker>> OpenAsync(Viewer viewer, CancellationToken cancellationToken);
}
