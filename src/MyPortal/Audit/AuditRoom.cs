using MyPortal.Sealing;

namespace MyPortal.Audit;

/// <summary>The doors of this room.</summary>
internal static class AuditRoom
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ChangeTrail>();
        services.AddSingleton<ReadAccessRecords>();
        services.AddSingleton<SealAccessRecords>();
        services.AddSingleton<IKeyWitness, RecorderWitness>();
        services.AddSingleton<VerifyAccessRecords>();
        services.AddHostedService<AuditSealWorker>();
    }
}
