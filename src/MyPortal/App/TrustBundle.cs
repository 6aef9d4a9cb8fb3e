namespace MyPortal.App;

/// <summary>
/// The trust bundle: a settings file from whoever runs the issuing authority and the hub (in the sandbox, the sandbox itself), with trusted roots
/// and addresses. The setting <c>TrustBundle</c> names the folder with <c>portal.json</c>, or that file.
/// </summary>
internal static class TrustBundle
{
    /// <summary>Reads the trust bundle into the settings; other settings win. Returns the folder from which its file names count.</summary>
    /// <exception cref="InvalidOperationException">The file is not there, or a setting is given by its former name.</exception>
    public static string AddTrustBundle(this ConfigurationManager configuration)
    {
        RenamedSettings.Refuse(configuration);
        if (configuration["TrustBundle"] is not { Length: > 0 } file)
        {
            return AppContext.BaseDirectory;
        }

        var path = Path.GetFullPath(file, AppContext.BaseDirectory);
        path = Directory.Exists(path) ? Path.Combine(path, "portal.json") : path;
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"TrustBundle names '{path}', which is not there; in the sandbox the sandbox writes it before the portal starts.");
        }

        using var trustBundle = File.OpenRead(path);
        var settings = new ConfigurationBuilder().AddJsonStream(trustBundle).Build();
        foreach (var (key, value) in settings.AsEnumerable())
        {
            configuration[key] ??= value;
        }

        return Path.GetDirectoryName(path)!;
    }
}
