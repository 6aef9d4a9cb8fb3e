using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents.Public;

/// <summary>Names the senders who may write to somebody.</summary>
internal interface IKnownSenders
{
    Task<IReadOnlyList<SenderId>> OfAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>The services whose new notices the person does not want to be told of on the home page.</summary>
    Task<IReadOnlyList<SenderServiceId>> MutedServicesAsync(Viewer viewer, CancellationToken cancellationToken);
}
