using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.SelfInformation.Asking;

/// <summary>The way through the linkage hub.</summary>
internal sealed class HubHolderClient(HubDirectory directory, QueryHolder ask, HubLinks links) : IHolderClient
{
    public Task<Result<HubPublications>> ReadPublicationsAsync(CancellationToken cancellationToken) => directory.ReadAsync(cancellationToken);

    public async Task<Result<HolderAsker>> OpenAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (await links.OpenAsync(viewer, cancellationToken) is not { } link)
        {
            return SelfInformationErrors.NotLinked;
        }

        return new HolderAsker((row, stop) => ask.ExecuteAsync(viewer, new HolderQuery(link.HubCode, link.SubjectTag, row, "own-device"), stop));
    }
}
