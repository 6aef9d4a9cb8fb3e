namespace MyPortal.Sandbox;

internal static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        await builder.Build().RunAsync();
    }
}
