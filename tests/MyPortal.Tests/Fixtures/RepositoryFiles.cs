namespace MyPortal.Tests.Fixtures;

/// <summary>The files of the repository, for tests that check sources and documents.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Hand-written files below some folders, with their path from the root, by extension such as <c>.cs</c>.</summary>
    public static IEnumerable<(string Path, string Text)> Below(IEnumerable<string> folders, params string[] extensions) =>
        from folder in folders
        from file in Directory.EnumerateFiles(At(folder), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal)
            && !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
            && !path.Contains("/Migrations/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "MyPortal.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
