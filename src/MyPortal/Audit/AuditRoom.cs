using MyPortal.Data;
using MyPortal.Sealing;

namespace MyPortal.Audit;

/// <summary>Registers the services and routes of this room.</summary>
internal static class AuditRoom
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton(provider => AuditOptions.From(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<DataOptions>()));
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ChangeTrail>();
        services.AddSingleton<RecorderKey>();
        services.AddSingleton<ReadAccessRecords>();
        services.AddSingleton<SealAccessRecords>();
        services.AddSingleton<IKeyWitness, RecorderWitness>();
        services.AddSingleton<AnchorAccessRecords>();
        services.AddSingleton<VerifyAccessRecords>();
        services.AddSingleton<AcceptRestore>();
        services.AddSingleton<UnknownCallers>();
        services.AddSingleton<StoreUnknownCallers>();
        services.AddSingleton<ITableCleaner, PurgeUnknownCallers>();
        services.AddHostedService<AuditSealWorker>();
        services.AddHostedService<AuditAnchorWorker>();
        services.AddHostedService<UnknownCallersWorker>();
    }
}
