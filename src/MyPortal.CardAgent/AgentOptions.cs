using Microsoft.Extensions.Options;
using MyPortal.CardAgent.Transactions;

namespace MyPortal.CardAgent;

/// <summary>Settings of the agent, section <c>Agent</c>.</summary>
internal sealed class AgentOptions
{
    public const string Section = "Agent";

    /// <summary>Port of the agent's pages on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; set; } = 5081;

    /// <summary>How the agent reaches cards.</summary>
    public string Transport { get; set; } = AgentBuild.IsForSandbox ? nameof(CardTransportKind.Virtual) : nameof(CardTransportKind.PcSc);

    /// <summary>Port on 127.0.0.1 to which virtual cards connect; 0 takes any free one.</summary>
    public int CardPort { get; set; } = 5083;

    /// <summary>Folder of the agent's own key and phrase; a relative one is taken from the program's content root.</summary>
    public string Data { get; set; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "MyPortal", "agent");

    /// <summary>Portals this agent may talk to, exact origins.</summary>
    public IReadOnlyList<string>? Origins { get; set; }

    /// <summary>The linkage hub whose document may be signed at an enrolment.</summary>
    public string Hub { get; set; } = "hub";

    /// <summary>How that hub calls the portals of <see cref="Origins"/>; a document for any other organisation is refused.</summary>
    public string Organisation { get; set; } = "portal";

    /// <summary>The phrase shown beside the PIN field, if the person chose another than the one made at first start.</summary>
    public string? Phrase { get; set; }

    public IReadOnlyList<string> EffectiveOrigins => Origins ?? AgentBuild.DefaultOrigins;
}

internal enum CardTransportKind
{
    /// <summary>Cards of the sandbox connect over TCP in the vpcd framing.</summary>
    Virtual,

    /// <summary>Readers of the operating system's PC/SC service.</summary>
    PcSc,
}

/// <summary>Checks every setting before the agent starts and lists all faults at once.</summary>
internal sealed class AgentOptionsCheck : IValidateOptions<AgentOptions>
{
    private const int LongestPhrase = 60;

    public ValidateOptionsResult Validate(string? name, AgentOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AgentOptions options)
    {
        if (options.Port is < 0 or > ushort.MaxValue) yield return $"Agent:Port is {options.Port}; a port is 0 to 65535.";
        if (options.CardPort is < 0 or > ushort.MaxValue) yield return $"Agent:CardPort is {options.CardPort}; a port is 0 to 65535.";
        if (options.Port != 0 && options.Port == options.CardPort) yield return $"Agent:Port and Agent:CardPort are both {options.Port}.";
        if (!Enum.TryParse<CardTransportKind>(options.Transport, out var transport) || !Enum.IsDefined(transport))
            yield return $"Agent:Transport is '{options.Transport}'; known are {string.Join(", ", Enum.GetNames<CardTransportKind>())}.";
        else if (transport == CardTransportKind.Virtual && !AgentBuild.IsForSandbox)
            yield return "Agent:Transport is 'Virtual'; only sandbox builds serve virtual cards.";
        else if (transport == CardTransportKind.PcSc && !OperatingSystem.IsLinux())
            yield return "Agent:Transport is 'PcSc'; so far only Linux readers are served.";
        if (string.IsNullOrWhiteSpace(options.Data)) yield return "Agent:Data is empty; name the folder of the agent's key.";
        if (options.Phrase is { } phrase && (string.IsNullOrWhiteSpace(phrase) || phrase.Length > LongestPhrase))
            yield return $"Agent:Phrase must have 1 to {LongestPhrase} characters.";
        if (string.IsNullOrWhiteSpace(options.Hub) || string.IsNullOrWhiteSpace(options.Organisation))
            yield return "Agent:Hub and Agent:Organisation must name the linkage hub and the portal as the hub knows it.";
        if (options.EffectiveOrigins.Count == 0) yield return "Agent:Origins is empty; name the portal this agent may talk to.";
        foreach (var (index, origin) in options.EffectiveOrigins.Index())
        {
            if (OriginAllowList.FaultOf(origin, AgentBuild.IsForSandbox) is { } fault) yield return $"Agent:Origins:{index} is '{origin}'; {fault}";
        }
    }
}
