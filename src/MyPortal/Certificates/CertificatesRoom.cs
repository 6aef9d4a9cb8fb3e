using MyPortal.Kernel;

namespace MyPortal.Certificates;

/// <summary>The doors of this room.</summary>
internal static class CertificatesRoom
{
    /// <summary>Registers the key folder below the data folder.</summary>
    public static void AddKeys(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton(RandomSource.System);
        services.AddSingleton(provider => new KeyFolder(Path.Combine(dataFolder, "keys"), provider.GetRequiredService<RandomSource>()));
    }
}
