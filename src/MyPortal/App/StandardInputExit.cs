namespace MyPortal.App;

/// <summary>
/// <c>--exit-with-stdin</c>: the process ends in good order when its standard input closes, so that it never outlives the script
/// that started it, however that script died.
/// </summary>
internal sealed class StandardInputExit(IHostApplicationLifetime lifetime) : BackgroundService
{
    private const string Switch = "--exit-with-stdin";

    /// <summary>The arguments without the switch, which the configuration would take for the name of a setting and swallow the next argument.</summary>
    public static string[] WithoutSwitch(string[] arguments) => [.. arguments.Where(a => a != Switch)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[64];
        // A read of the console heeds no token; without WaitAsync an ordinary shutdown would wait for a key.
        while (await input.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(stoppingToken) > 0)
        {
        }

        lifetime.StopApplication();
    }

    internal static bool IsAsked(string[] arguments) => arguments.Contains(Switch);
}

/// <summary>Registers <see cref="StandardInputExit"/>.</summary>
internal static class StandardInputExitServices
{
    public static IServiceCollection AddStandardInputExit(this IServiceCollection services, string[] arguments) =>
        StandardInputExit.IsAsked(arguments) ? services.AddHostedService<StandardInputExit>() : services;
}
