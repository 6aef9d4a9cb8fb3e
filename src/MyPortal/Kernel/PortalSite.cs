namespace MyPortal.Kernel;

/// <summary>Which world the portal stands in.</summary>
internal enum World
{
    /// <summary>Test roots, test cards and plain http on loopback are allowed.</summary>
    Sandbox,

    /// <summary>Real people: anything that exists only for the sandbox makes the start refuse.</summary>
    Live,
}

/// <summary>Where the portal stands: its world and the one origin under which browsers know it.</summary>
internal sealed record PortalSite(World World, Uri Origin)
{
    /// <summary>Cookie of the form protection.</summary>
    public const string FormCookie = "form";

    public bool IsSandbox => World is World.Sandbox;

    /// <summary>The origin as browsers write it, without a slash at the end.</summary>
    public string OriginText => Origin.GetLeftPart(UriPartial.Authority);

    /// <summary>
    /// Name of a cookie. In the live world it carries the <c>__Host-</c> prefix; on plain http programs would drop it, so the sandbox
    /// world goes without.
    /// </summary>
    public string CookieName(string name) => World is World.Live ? "__Host-" + name : name;

    public CookieOptions Cookie(TimeSpan? life = null) => new()
    {
        HttpOnly = true,
        Secure = World is World.Live,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = life,
    };

    /// <summary>Reads the settings <c>World</c> and <c>Portal:Origin</c>.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing or not allowed in this world; the message names it.</exception>
    public static PortalSite From(IConfiguration configuration)
    {
        var world = configuration["World"] switch
        {
            nameof(World.Sandbox) => World.Sandbox,
            nameof(World.Live) => World.Live,
            var word => throw new InvalidOperationException($"World is '{word}'; it must be Sandbox or Live."),
        };

        if (!Uri.TryCreate(configuration["Portal:Origin"], UriKind.Absolute, out var origin) || origin is not { PathAndQuery: "/", UserInfo: "", Fragment: "" } || origin.Scheme is not ("https" or "http"))
        {
            throw new InvalidOperationException($"Portal:Origin is '{configuration["Portal:Origin"]}'; it must be an origin such as https://portal.example.");
        }

        return world is World.Live && origin.Scheme is not "https"
            ? throw new InvalidOperationException("Portal:Origin must be https in the live world.")
            : new PortalSite(world, origin);
    }
}
