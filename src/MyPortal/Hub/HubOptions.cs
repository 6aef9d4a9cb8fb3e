using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>Section <c>Hub</c>: where the linkage hub is and who the portal is to it. The key files of the section belong to the room Certificates.</summary>
internal sealed record HubOptions
{
    public const string Section = "Hub";

    /// <summary>Base address, https.</summary>
    public string Address { get; init; } = "";

    /// <summary>Identifier of the hub.</summary>
    public string Id { get; init; } = "";

    /// <summary>Identifier of the portal.</summary>
    public string Self { get; init; } = "";

    /// <summary>How long a holder may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Faults of the section, each naming its setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme is not "https")
        {
            yield return $"Hub:Address is '{Address}'; it must be an address with https.";
        }

        if (Id.Length is 0 || Self.Length is 0)
        {
            yield return "Hub:Id and Hub:Self must name the hub and the portal.";
        }
    }
}

/// <summary>Refusals around the hub, as other rooms meet them.</summary>
internal static class HubErrors
{
    /// <summary>The hub cannot be reached, or what answers there is not the hub.</summary>
    public static readonly Error Unavailable = new("hub.unavailable", ErrorKind.Unavailable);

    /// <summary>The hub would not link this card.</summary>
    public static readonly Error NotLinked = new("hub.not-linked", ErrorKind.Forbidden);
}
