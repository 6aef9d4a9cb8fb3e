using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace MyPortal.Sealing;

/// <summary>Registers the services and routes of this room.</summary>
internal static class SealingRoom
{
    /// <summary>Registers sealing and the check of the keys at a start.</summary>
    public static void AddSealing(this IServiceCollection services, IConfiguration? configuration = null)
    {
        services.AddSingleton(configuration?.GetSection(KeyOptions.Section).Get<KeyOptions>() ?? new KeyOptions());
        services.AddSingleton<CheckKeys>();
        services.AddSingleton<IKeyWitness, KeyEncryptionWitness>();
        services.AddSingleton<CitizenKeys>();
        services.AddSingleton<PortalSeal>();
        services.AddDataProtection().SetApplicationName("MyPortal");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, SealDataProtectionKeys>();
    }
}
