using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Certificates;

/// <summary>Registers the services and routes of this room.</summary>
internal static class CertificatesRoom
{
    /// <summary>Registers the folder of the portal's own keys and what signs receipts with one of them.</summary>
    public static void AddKeys(this IServiceCollection services)
    {
        services.AddSingleton(RandomSource.System);
        services.AddSingleton(provider => new KeyFolder(Path.Combine(provider.GetRequiredService<DataOptions>().AbsoluteFolder, "keys"), provider.GetRequiredService<RandomSource>()));
        services.AddSingleton<ReceiptSigner>();
        services.AddSingleton<PortalKeys>();
    }
}
