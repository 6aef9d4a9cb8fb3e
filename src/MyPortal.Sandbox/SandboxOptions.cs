using System.Net;

namespace MyPortal.Sandbox;

/// <summary>Section <c>Sandbox</c> of the configuration, with every address worked out.</summary>
/// <param name="Data">Folder of keys, cards and what senders know of their customers.</param>
/// <param name="TrustBundle">Folder written for the portal.</param>
/// <param name="PortBase">Base of all ports; the portal has this one itself.</param>
/// <param name="Portal">Origin of the portal.</param>
/// <param name="Agent">Origin of the card agent.</param>
/// <param name="CardListener">Where the agent waits for virtual cards.</param>
/// <param name="RegisterCommand">Program and arguments of the portal's command <c>register-sandbox-senders</c>; empty when nobody may register.</param>
internal sealed record SandboxOptions(
    string Data,
    string TrustBundle,
    int PortBase,
    Uri Portal,
    Uri Agent,
    IPEndPoint CardListener,
    IReadOnlyList<string> RegisterCommand)
{
    private static readonly (string Old, string New)[] Renamed =
    [
        ("Sandbox:Handout", "Sandbox:TrustBundle"), ("World:RegisterCommand", "Seeding:RegisterCommand"), ("World:AppointCommand", "Seeding:AppointCommand"),
    ];

    /// <summary>Program and arguments of the portal's command <c>appoint-operator</c>; empty when nobody is appointed.</summary>
    public IReadOnlyList<string> AppointCommand { get; init; } = [];

    public int ControlPort => PortBase + 20;

    public int CertificateAuthorityPort => PortBase + 21;

    public int LinkagePort => PortBase + 22;

    public int SenderEventsPort => PortBase + 28;

    /// <summary>Where the web site of a sender listens.</summary>
    public int BusinessPortOf(string sender) => PortBase + (sender is "midori-denki" ? 40 : 41);

    public Uri Control => Loopback(ControlPort);

    public Uri CertificateAuthority => Loopback(CertificateAuthorityPort);

    public Uri Linkage => Loopback(LinkagePort);

    public Uri Hub => Protected(PortBase + 30);

    public Uri NumberingBody => Protected(PortBase + 31);

    public Uri City => Protected(PortBase + 32);

    public Uri PensionAgency => Protected(PortBase + 33);

    /// <summary>Where the senders are told what became of their notices.</summary>
    public Uri SenderEvents => Loopback(SenderEventsPort);

    public static SandboxOptions From(IConfiguration configuration)
    {
        RefuseRenamed(configuration);
        var section = configuration.GetSection("Sandbox");
        var portBase = section.GetValue("PortBase", 5080);
        var data = Path.GetFullPath(section["Data"] ?? Path.Combine("data", "sandbox"), AppContext.BaseDirectory);
        return new SandboxOptions(
            data,
            Path.GetFullPath(section["TrustBundle"] ?? Path.Combine(data, "trust-bundle", "portal"), AppContext.BaseDirectory),
            portBase,
            Origin(section, "Portal", $"http://localhost:{portBase}"),
            Origin(section, "Agent", $"http://127.0.0.1:{portBase + 1}"),
            Listener(section["CardListener"] ?? $"127.0.0.1:{portBase + 3}"),
            configuration.GetSection("Seeding:RegisterCommand").Get<string[]>() ?? [])
        {
            AppointCommand = configuration.GetSection("Seeding:AppointCommand").Get<string[]>() ?? [],
        };
    }

    // An old name that was ignored would silently lead to a default.
    private static void RefuseRenamed(IConfiguration configuration)
    {
        var used = Renamed.Where(name => configuration.GetSection(name.Old).Exists()).ToList();
        if (used.Count > 0) throw new InvalidOperationException(string.Join(Environment.NewLine, used.Select(name => $"{name.Old} is called {name.New} now; set {name.New} instead.")));
    }

    private static Uri Loopback(int port) => new($"http://127.0.0.1:{port}");

    private static Uri Protected(int port) => new($"https://127.0.0.1:{port}");

    private static Uri Origin(IConfigurationSection section, string name, string otherwise) =>
        Uri.TryCreate(section[name] ?? otherwise, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new Uri(address.GetLeftPart(UriPartial.Authority))
            : throw new InvalidOperationException($"Sandbox:{name} must be an http or https address.");

    private static IPEndPoint Listener(string text) =>
        IPEndPoint.TryParse(text, out var listener) && IPAddress.IsLoopback(listener.Address)
            ? listener
            : throw new InvalidOperationException("Sandbox:CardListener must be a loopback address and a port, for example 127.0.0.1:5083.");
}
