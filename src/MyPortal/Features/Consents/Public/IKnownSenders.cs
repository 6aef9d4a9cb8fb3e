using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents.Public;

/// <summary>Names the senders who may write to somebody.</summary>
internal interface IKnownSenders
{
    Task<IReadOnlyList<SenderId>> OfAsync(Viewer viewer, CancellationToken cancellationToken);
}
