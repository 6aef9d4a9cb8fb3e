namespace MyPortal.JourneyTests.Fixtures;

/// <summary>Where the working copy is.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "MyPortal.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
