using System.Text.Json;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxWorld;
using MyPortal.Data;
using MyPortal.Features.Consents.Sandbox;
using MyPortal.Features.Operators;

namespace MyPortal.App;

/// <summary>What the portal's program does besides serving: its first argument names the command. Described in docs/operations.md.</summary>
internal static class PortalCommands
{
    private const string Migrate = "migrate";
    private const string VerifyAudit = "verify-audit";
    private static readonly string[] Known = [Migrate, VerifyAudit, AppointOperator.Command, GrantSandbox.Command];

    public static bool IsAsked(string[] arguments) => arguments is [var first, ..] && Known.Contains(first, StringComparer.Ordinal);

    /// <summary>The arguments that are settings.</summary>
    public static string[] WithoutCommand(string[] arguments) => IsAsked(arguments) ? arguments[1..] : arguments;

    /// <summary>Runs a command and returns the exit code: 0 done, 1 found wrong, 2 not available here.</summary>
    public static Task<int> RunCommandAsync(this IServiceProvider services, string command) => command switch
    {
        Migrate => MigrateAsync(services),
        VerifyAudit => VerifyAuditAsync(services),
        AppointOperator.Command => AppointOperatorAsync(services),
        _ => GrantSandboxAsync(services),
    };

    private static async Task<int> MigrateAsync(IServiceProvider services)
    {
        await services.MigrateAsync(CancellationToken.None);
        return 0;
    }

    private static async Task<int> VerifyAuditAsync(IServiceProvider services)
    {
        var verdict = await services.GetRequiredService<VerifyAccessRecords>().ExecuteAsync(CancellationToken.None);
        Console.WriteLine(verdict.FirstBad is { } bad
            ? $"Access record {bad} is not what was sealed; the {verdict.Checked} before it are intact."
            : $"All {verdict.Checked} sealed access records are intact.");
        return verdict.FirstBad is null ? 0 : 1;
    }

    private static async Task<int> AppointOperatorAsync(IServiceProvider services)
    {
        await services.MigrateAtStartAsync(CancellationToken.None);
        return await services.GetRequiredService<AppointOperator>().ExecuteAsync(Console.Out, Console.Error, CancellationToken.None);
    }

    private static async Task<int> GrantSandboxAsync(IServiceProvider services)
    {
        if (services.GetService<GrantSandbox>() is not { } grant)
        {
            await Console.Error.WriteLineAsync("grant-sandbox exists in the sandbox world only.");
            return 2;
        }

        await using var input = Console.OpenStandardInput();
        if (await JsonSerializer.DeserializeAsync<SandboxGrantOrder>(input, ContractJson.Options) is not { } order)
        {
            await Console.Error.WriteLineAsync("grant-sandbox reads an order in JSON from standard input.");
            return 2;
        }

        await services.MigrateAtStartAsync(CancellationToken.None);
        var result = await grant.ExecuteAsync(order, CancellationToken.None);
        Console.WriteLine(JsonSerializer.Serialize(result, ContractJson.Options));
        return 0;
    }
}
