using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>Whether the linkage hub answered lately, and the log in which it is said.</summary>
internal sealed class HubHealth(TimeProvider clock, ILogger<HubClient> logger) : DependencyHealth(clock)
{
    public ILogger Logger => logger;
}
