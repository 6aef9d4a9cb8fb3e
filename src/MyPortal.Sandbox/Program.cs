namespace MyPortal.Sandbox;

internal static class Program
{
    private const string ExitWithInput = "--exit-with-stdin";

    public static async Task Main(string[] args)
    {
        // The switch has no value; the configuration would take the next argument for one.
        await using var app = await SandboxApp.BuildAsync([.. args.Where(a => a is not ExitWithInput)], CancellationToken.None);
        if (args.Contains(ExitWithInput, StringComparer.Ordinal)) _ = Task.Run(() => StopWithInputAsync(app.Lifetime));
        await app.RunAsync();
    }

    /// <summary>Whoever started us holds our input open; when it ends, even by a kill, nobody is left to stop us.</summary>
    private static async Task StopWithInputAsync(IHostApplicationLifetime lifetime)
    {
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null);
        lifetime.StopApplication();
    }
}
