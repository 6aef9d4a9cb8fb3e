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

    /// <summary>How long the portal waits for one request in all; the hub gives the holder five seconds of it.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>Faults of the section, each naming its setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme is not "https" || address.PathAndQuery is not "/")
        {
            yield return $"Hub:Address is '{Address}'; it must be an https address without a path.";
        }

        if (!HubJson.IsName(Id))
        {
            yield return $"Hub:Id is '{Id}'; it must name the linkage hub.";
        }

        if (!HubJson.IsName(Self))
        {
            yield return $"Hub:Self is '{Self}'; it must name the portal as the linkage hub knows it.";
        }

        if (Deadline <= TimeSpan.Zero || Deadline > TimeSpan.FromMinutes(1))
        {
            yield return $"Hub:Deadline is '{Deadline}'; it must be between nothing and one minute.";
        }
    }
}
