namespace MyPortal.CardAgent;

/// <summary>What this build of the agent may do. A build for live mode carries no http origin at all, whatever is configured.</summary>
internal static class AgentBuild
{
#if SANDBOX_AGENT
    public const bool IsForSandbox = true;
#else
    public const bool IsForSandbox = false;
#endif

    /// <summary>Origins a fresh installation talks to: none for live mode, where the installer names the portal.</summary>
    public static IReadOnlyList<string> DefaultOrigins { get; } = IsForSandbox ? ["http://localhost:5080"] : [];

    public static string Version { get; } = typeof(AgentBuild).Assembly.GetName().Version?.ToString(3) ?? "0";
}
