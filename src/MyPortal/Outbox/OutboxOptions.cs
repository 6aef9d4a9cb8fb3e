using MyPortal.Kernel;

namespace MyPortal.Outbox;

/// <summary>Section <c>Outbox</c>: how the portal delivers to other parties.</summary>
internal sealed record OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>Sandbox only: receivers may stand on this machine and speak plain http.</summary>
    public bool AllowLocalAddresses { get; init; }

    /// <summary>How long one attempt may take, from the name look-up to the head of the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a worker holds the messages it took; after that another one may send them.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Everything that is wrong with the settings, each naming its setting.</summary>
    public IEnumerable<string> FaultsIn(PortalSite site)
    {
        if (AllowLocalAddresses && !site.IsSandbox)
        {
            yield return "Outbox:AllowLocalAddresses is true, which live mode refuses.";
        }

        if (Timeout <= TimeSpan.Zero)
        {
            yield return $"Outbox:Timeout is {Timeout}; it must be more than nothing.";
        }

        if (Lease < 2 * Timeout)
        {
            yield return $"Outbox:Lease is {Lease}; it must be at least twice Outbox:Timeout, or two workers send at once.";
        }
    }
}
