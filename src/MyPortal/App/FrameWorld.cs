namespace MyPortal.App;

/// <summary>In which world the pages are shown: the sandbox says so on every page and may speak plain http on this machine.</summary>
/// <param name="IsSandbox">True for the sandbox world, false for the live one.</param>
internal sealed record FrameWorld(bool IsSandbox)
{
    /// <summary>Reads the setting <c>World</c>; absent means the sandbox.</summary>
    /// <exception cref="InvalidOperationException">The setting names another world.</exception>
    public static FrameWorld From(IConfiguration configuration) => configuration["World"] switch
    {
        null or "" or "Sandbox" => new(IsSandbox: true),
        "Live" => new(IsSandbox: false),
        var other => throw new InvalidOperationException($"The setting World is '{other}'; it must be Sandbox or Live."),
    };
}
