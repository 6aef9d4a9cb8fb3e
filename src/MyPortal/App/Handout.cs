namespace MyPortal.App;

/// <summary>
/// The handout: a settings file from whoever runs the world around the portal (in the sandbox, the sandbox itself), with trusted roots
/// and addresses. The setting <c>Handout</c> names the folder with <c>portal.json</c>, or that file.
/// </summary>
internal static class Handout
{
    /// <summary>Reads the handout into the settings; other settings win. Returns the folder from which its file names count.</summary>
    public static string AddHandout(this ConfigurationManager configuration)
    {
        if (configuration["Handout"] is not { Length: > 0 } file)
        {
            return AppContext.BaseDirectory;
        }

        var path = Path.GetFullPath(file, AppContext.BaseDirectory);
        path = Directory.Exists(path) ? Path.Combine(path, "portal.json") : path;
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"Handout names '{path}', which is not there; in the sandbox world the sandbox writes it before the portal starts.");
        }

        using var handout = File.OpenRead(path);
        var settings = new ConfigurationBuilder().AddJsonStream(handout).Build();
        foreach (var (key, value) in settings.AsEnumerable())
        {
            configuration[key] ??= value;
        }

        return Path.GetDirectoryName(path)!;
    }
}
