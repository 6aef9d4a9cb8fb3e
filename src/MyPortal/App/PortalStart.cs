using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.App;

/// <summary>What has to be true before the portal, or a command of it, does its work; whoever runs it is told in one sentence what is not.</summary>
internal static class PortalStart
{
    /// <summary>Exit code of a start or command that was refused; the sentence says why.</summary>
    public const int Refused = 3;

    /// <summary>A builder whose settings are the arguments without command and switches, whatever the current folder is.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] arguments) => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = PortalCommands.WithoutCommand(StandardInputExit.WithoutSwitch(arguments)),
        ContentRootPath = AppContext.BaseDirectory,
    });

    /// <summary>Prepares folder and database, and serves until it is stopped.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> ServeAsync(this WebApplication app)
    {
        var code = await app.Services.ReportFailureAsync(async () =>
        {
            await app.Services.PrepareAsync(CancellationToken.None);
            return 0;
        });
        if (code is 0)
        {
            await app.RunAsync();
        }

        return code;
    }

    /// <summary>What a start does, for commands that work as a start does.</summary>
    /// <exception cref="StartRefusedException">Something is not as it must be.</exception>
    public static async Task PrepareAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        services.RefuseLostDatabase();
        await services.MigrateAtStartAsync(cancellationToken);
        await services.GetRequiredService<CheckKeys>().ExecuteAsync(services.PlaceOfDatabase(), cancellationToken);
    }

    /// <summary>Makes the folder, and refuses to begin an empty embedded database where keys show that there was another one.</summary>
    /// <exception cref="StartRefusedException">The folder cannot be written, or the database is missing.</exception>
    public static void RefuseLostDatabase(this IServiceProvider services)
    {
        services.PrepareFolder();
        if (services.EmbeddedFile() is { } file && !File.Exists(file))
        {
            services.GetRequiredService<CheckKeys>().RefuseLostDatabase(file);
        }
    }

    /// <summary>Does something; turns a refusal, and trouble that the machine is in, into a sentence and an exit code.</summary>
    public static async Task<int> ReportFailureAsync(this IServiceProvider services, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (StartRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return Refused;
        }
        catch (Exception exception) when (DatabaseFailure.SentenceFor(exception, services.PlaceOfDatabase()) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return Refused;
        }
    }
}
