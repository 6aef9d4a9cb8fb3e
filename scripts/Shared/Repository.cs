namespace MyPortal.Scripts.Shared;

/// <summary>Where things are, whatever folder the script was started from.</summary>
public static class Repository
{
    /// <summary>Absolute path of the repository.</summary>
    public static string Root { get; } = Find((string)AppContext.GetData("EntryPointFileDirectoryPath")!);

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Assembly of a project under src or bench, once it is built.</summary>
    public static string Assembly(string project, string folder = "src", string configuration = "Debug") =>
        At(folder, project, "bin", configuration, "net10.0", project + ".dll");

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "MyPortal.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
