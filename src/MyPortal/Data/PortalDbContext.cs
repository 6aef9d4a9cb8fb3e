using Microsoft.EntityFrameworkCore;
using MyPortal.Kernel;

namespace MyPortal.Data;

/// <summary>
/// The one model of all engines. Table mappings are found in the assembly, so that this room never names a feature; each engine
/// has an empty derived context with its own migrations.
/// </summary>
internal abstract class PortalDbContext(DbContextOptions options) : DbContext(options)
{
    // Contexts are lent again and again; what one borrower left behind is not the next one's.
    private readonly List<(DbContextId Lease, Action Act)> afterCommit = [];

    /// <summary>
    /// Does something as soon as what this context writes is committed: with the commit of the open transaction, or else with the next
    /// save. After a rollback, or when the context is given back before, it is not done. Must not throw.
    /// </summary>
    public void AfterCommit(Action act) => afterCommit.Add((ContextId, act));

    /// <summary>Takes out what waits for the commit.</summary>
    internal IReadOnlyList<Action> TakeAfterCommit()
    {
        if (afterCommit.Count is 0)
        {
            return [];
        }

        List<Action> taken = [.. afterCommit.Where(waiting => waiting.Lease == ContextId).Select(waiting => waiting.Act)];
        afterCommit.Clear();
        return taken;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var id in typeof(ITypedId<>).Assembly.GetTypes().Where(IsTypedId))
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(id));
        }

        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    private static bool IsTypedId(Type type) =>
        type is { IsValueType: true } && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>));
}
