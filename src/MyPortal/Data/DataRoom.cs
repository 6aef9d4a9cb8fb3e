using Microsoft.EntityFrameworkCore;

namespace MyPortal.Data;

/// <summary>The doors of this room.</summary>
internal static class DataRoom
{
    public static void AddData(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(DataOptions.Section).Get<DataOptions>() ?? new DataOptions();
        if (!Enum.TryParse<DatabaseEngine>(options.Provider, ignoreCase: false, out var engine) || !Enum.IsDefined(engine))
        {
            throw new InvalidOperationException($"Data:Provider is '{options.Provider}'; it must be one of {string.Join(", ", Enum.GetNames<DatabaseEngine>())}.");
        }

        if (options.ConnectionString is null && engine is not DatabaseEngine.Sqlite)
        {
            throw new InvalidOperationException($"Data:ConnectionString is missing; {engine} needs it.");
        }

        PrivateFolder.Create(options.AbsoluteFolder);
        builder.Services.AddSingleton(options);
        builder.Services.AddHostedService<CleanTables>();
        builder.Services.AddPortalDatabase(engine, options.ConnectionString ?? DatabaseEngines.SqliteIn(options.AbsoluteFolder));
    }

    /// <summary>Brings the database to the current model, where the options ask for it.</summary>
    public static async Task MigrateAtStartAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<DataOptions>().MigrateAtStart)
        {
            await services.MigrateAsync(cancellationToken);
        }
    }

    /// <summary>Brings the database to the current model.</summary>
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }
}
