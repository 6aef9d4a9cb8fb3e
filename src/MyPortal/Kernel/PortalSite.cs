namespace MyPortal.Kernel;

/// <summary>Whether the portal serves the sandbox or real people; setting <c>Deployment:Mode</c>.</summary>
internal enum DeploymentMode
{
    /// <summary>Test roots, test cards and plain http on loopback are allowed.</summary>
    Sandbox,

    /// <summary>Real people: anything that exists only for the sandbox makes the start refuse.</summary>
    Live,
}

/// <summary>Where the portal stands: its deployment mode and the one origin under which browsers know it.</summary>
internal sealed record PortalSite(DeploymentMode Mode, Uri Origin)
{
    public bool IsSandbox => Mode is DeploymentMode.Sandbox;

    /// <summary>The origin as browsers write it, without a slash at the end.</summary>
    public string OriginText => Origin.GetLeftPart(UriPartial.Authority);

    /// <summary>Reads the settings <c>Deployment:Mode</c> and <c>Portal:Origin</c>.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing or not allowed in this mode; the message names it.</exception>
    public static PortalSite From(IConfiguration configuration)
    {
        var mode = configuration["Deployment:Mode"] switch
        {
            nameof(DeploymentMode.Sandbox) => DeploymentMode.Sandbox,
            nameof(DeploymentMode.Live) => DeploymentMode.Live,
            var word => throw new InvalidOperationException($"Deployment:Mode is '{word}'; it must be Sandbox or Live."),
        };

        if (!Uri.TryCreate(configuration["Portal:Origin"], UriKind.Absolute, out var origin) || origin is not { PathAndQuery: "/", UserInfo: "", Fragment: "" } || origin.Scheme is not ("https" or "http"))
        {
            throw new InvalidOperationException($"Portal:Origin is '{configuration["Portal:Origin"]}'; it must be an origin such as https://portal.example.");
        }

        return mode is DeploymentMode.Live && origin.Scheme is not "https"
            ? throw new InvalidOperationException("Portal:Origin must be https in live mode.")
            : new PortalSite(mode, origin);
    }
}
