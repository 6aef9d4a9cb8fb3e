using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Proxies.Public;

/// <summary>What the proxies of a person are called.</summary>
internal interface IProxyNames
{
    /// <summary>The certified names of those among <paramref name="people"/> who signed a mandate of the viewer; nobody else is in the answer.</summary>
    Task<IReadOnlyDictionary<CitizenId, string>> OfAsync(Viewer principal, IReadOnlyCollection<CitizenId> people, CancellationToken cancellationToken);
}
