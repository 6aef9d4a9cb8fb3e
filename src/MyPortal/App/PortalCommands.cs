using MyPortal.Data;
using MyPortal.Web;

namespace MyPortal.App;

/// <summary>What the portal's program does besides serving: its first argument names the command. Described in docs/operations.md.</summary>
internal static class PortalCommands
{
    private const string Migrate = "migrate";
    private const string Backup = "backup";
    private static readonly string[] Own = [Migrate, VerifyAuditCommand.Name, Backup, OutboxCommand.Name];

    /// <summary>Whether the first argument is a word; settings and switches begin with a hyphen or a slash, or hold an equals sign.</summary>
    public static bool IsAsked(string[] arguments) => arguments is [[not ('-' or '/'), ..] first, ..] && !first.Contains('=', StringComparison.Ordinal);

    /// <summary>The arguments that are settings.</summary>
    public static string[] WithoutCommand(string[] arguments) => IsAsked(arguments) ? VerifyAuditCommand.WithSettings(arguments[1..]) : arguments;

    /// <summary>Runs a command and returns the exit code: 0 done, 1 found wrong, 2 not available here, 3 refused with a sentence; docs/operations.md has those of each command.</summary>
    public static Task<int> RunCommandAsync(this IServiceProvider services, string command) => services.ReportFailureAsync(async () =>
    {
        if (command is VerifyAuditCommand.Name or OutboxCommand.Name)
        {
            await services.RequireCurrentSchemaAsync(CancellationToken.None);
        }

        if (command is Backup)
        {
            services.RequireDatabase();
        }

        return await RunAsync(services, command);
    });

    private static Task<int> RunAsync(IServiceProvider services, string command) => command switch
    {
        Migrate => MigrateAsync(services),
        VerifyAuditCommand.Name => VerifyAuditCommand.RunAsync(services, Console.Out, Console.Error),
        Backup => BackUpAsync(services),
        OutboxCommand.Name => OutboxCommand.RunAsync(services),
        _ => RunContributedAsync(services, command),
    };

    private static async Task<int> MigrateAsync(IServiceProvider services)
    {
        services.RefuseLostDatabase();
        await services.MigrateAsync(CancellationToken.None);
        return 0;
    }

    private static async Task<int> RunContributedAsync(IServiceProvider services, string name)
    {
        var contributed = services.GetServices<IPortalCommand>().ToList();
        if (contributed.Find(command => command.Name == name) is not { } asked)
        {
            var known = contributed.Select(command => command.Name).Concat(Own).Order(StringComparer.Ordinal);
            await Console.Error.WriteLineAsync($"There is no command {name} here; there are {string.Join(", ", known)}.");
            return 2;
        }

        await services.PrepareAsync(CancellationToken.None);
        return await asked.ExecuteAsync(Console.Out, Console.Error, CancellationToken.None);
    }

    private static async Task<int> BackUpAsync(IServiceProvider services)
    {
        const string Setting = "Backup:File";
        if (services.GetRequiredService<IConfiguration>()[Setting] is not { Length: > 0 } file)
        {
            await Console.Error.WriteLineAsync($"{Setting} is missing: where the copy is written.");
            return 2;
        }

        var outcome = await services.BackUpAsync(Path.GetFullPath(file, AppContext.BaseDirectory), CancellationToken.None);
        Console.WriteLine(outcome switch
        {
            BackupOutcome.Written => $"The database is copied to {file} and whole. The keys are not in it.",
            BackupOutcome.FileExists => $"{file} exists already and was left alone.",
            BackupOutcome.Damaged => "The copy was damaged and is not kept; look at the disk it was written to.",
            BackupOutcome.NotWritable => $"{file} cannot be written: no room is left, its folder is missing or not ours, or its disk fails. Nothing was left there.",
            _ => "This command copies the embedded database only; docs/operations.md says how the others are backed up.",
        });
        return outcome switch
        {
            BackupOutcome.Written => 0,
            BackupOutcome.OtherEngine => 2,
            _ => 1,
        };
    }
}
