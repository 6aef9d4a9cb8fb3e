using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.App;

/// <summary>What has to be true before the portal, or a command of it, does its work; whoever runs it is told in one sentence what is not.</summary>
internal static class PortalStart
{
    /// <summary>Exit code of a start or command that was refused; the sentence says why.</summary>
    public const int Refused = 3;

    /// <summary>Prepares folder and database for serving.</summary>
    /// <returns>Null when the portal may start, else the exit code.</returns>
    public static async Task<int?> PrepareAsync(this IServiceProvider services)
    {
        var code = await services.ReportFailureAsync(async () =>
        {
            await services.PrepareAsync(CancellationToken.None);
            return 0;
        });
        return code is 0 ? null : code;
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
