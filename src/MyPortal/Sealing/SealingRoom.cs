using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace MyPortal.Sealing;

/// <summary>The doors of this room.</summary>
internal static class SealingRoom
{
    public static void AddSealing(this IServiceCollection services)
    {
        services.AddSingleton<CitizenKeys>();
        services.AddSingleton<PortalSeal>();
        services.AddDataProtection().SetApplicationName("MyPortal");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, SealDataProtectionKeys>();
    }
}
