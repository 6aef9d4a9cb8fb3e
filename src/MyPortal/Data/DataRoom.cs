using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MyPortal.Kernel;

namespace MyPortal.Data;

/// <summary>Registers the services and routes of this room.</summary>
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

        builder.Services.AddSingleton(options);
        builder.Services.AddHostedService<CleanTables>();
        builder.Services.AddPortalDatabase(engine, options.ConnectionString ?? DatabaseEngines.SqliteIn(options.AbsoluteFolder));
    }

    /// <summary>Makes the folder of keys and the embedded database, and sees that it can be written.</summary>
    /// <exception cref="StartRefusedException">It cannot.</exception>
    public static void PrepareFolder(this IServiceProvider services)
    {
        var folder = services.GetRequiredService<DataOptions>().AbsoluteFolder;
        try
        {
            PrivateFolder.Create(folder);
            var probe = Path.Combine(folder, $".{Environment.ProcessId}.probe");
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException || (exception is IOException && DatabaseFailure.Of(exception) is not DatabaseFailureKind.Full))
        {
            throw new StartRefusedException($"The folder '{folder}' cannot be written; give it to the user of the portal with mode 0700, or name another one with Data:Folder.", exception);
        }
    }

    /// <summary>Brings the database to the current model, or sees that it is there already where the options forbid to migrate.</summary>
    /// <exception cref="StartRefusedException">It is newer or older than this program, or others migrate it for too long.</exception>
    public static async Task MigrateAtStartAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<DataOptions>().MigrateAtStart)
        {
            await services.MigrateAsync(cancellationToken);
        }
        else
        {
            await services.RequireCurrentSchemaAsync(cancellationToken);
        }
    }

    /// <summary>Brings the database to the current model.</summary>
    /// <exception cref="StartRefusedException">It is newer than this program, or others migrate it for too long.</exception>
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var databases = services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        await DatabaseSchema.MigrateAsync(databases, cancellationToken);
        if (services.EmbeddedFile() is { } file)
        {
            DatabaseFile.Close(file);
        }
    }

    /// <summary>Refuses to go on with a database that is not there or not of this version.</summary>
    /// <exception cref="StartRefusedException">The database is missing, older or newer.</exception>
    public static async Task RequireCurrentSchemaAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        services.RequireDatabase();
        await DatabaseSchema.RequireCurrentAsync(services.GetRequiredService<IDbContextFactory<PortalDbContext>>(), cancellationToken);
    }

    /// <summary>Refuses to go on without an embedded database.</summary>
    /// <exception cref="StartRefusedException">Its file is missing.</exception>
    public static void RequireDatabase(this IServiceProvider services)
    {
        // Asking would make an empty file.
        if (services.EmbeddedFile() is { } file && !File.Exists(file))
        {
            throw new StartRefusedException($"There is no database '{file}'; name the folder that holds it with Data:Folder, or start the portal once to make one.");
        }
    }

    /// <summary>Path of the embedded database; null where a server holds it.</summary>
    public static string? EmbeddedFile(this IServiceProvider services)
    {
        using var db = services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        return db.Database.GetDbConnection() is SqliteConnection connection ? Path.GetFullPath(connection.DataSource) : null;
    }

    /// <summary>Where the database is, without secrets: a file, or server and name.</summary>
    public static string PlaceOfDatabase(this IServiceProvider services)
    {
        using var db = services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        var connection = db.Database.GetDbConnection();
        return services.EmbeddedFile() ?? $"{connection.DataSource} {connection.Database}";
    }
}
