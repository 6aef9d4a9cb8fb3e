using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MyPortal.Benchmarks;

/// <summary>What B5 is compared with: the bytes of finished pages, sent from memory to whoever asks.</summary>
internal static class BarePages
{
    public const string Word = "bare-pages";

    /// <summary>Serves each file of the folder under its name.</summary>
    public static async Task RunAsync(string folder, string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        app.MapGet("/", () => "ready");
        foreach (var file in Directory.GetFiles(folder))
        {
            var page = await File.ReadAllBytesAsync(file);
            app.MapGet("/" + Path.GetFileName(file), () => Results.Bytes(page, "text/html; charset=utf-8"));
        }

        await app.RunAsync();
    }
}
