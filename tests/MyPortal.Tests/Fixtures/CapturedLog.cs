using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MyPortal.Tests.Fixtures;

/// <summary>Everything a portal under test writes into its log.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category, string Line)> lines = new();

    /// <summary>Lines of level Warning and above, with their exceptions. The server of the tests has no limit for bodies that routing could set, and routing says so.</summary>
    public IReadOnlyList<string> Troubles =>
        [.. lines.Where(line => line.Level >= LogLevel.Warning && line.Category is not "Microsoft.AspNetCore.Routing.EndpointRoutingMiddleware").Select(line => $"{line.Level} {line.Line}")];

    /// <summary>Lines of this level or above, each with its category in front.</summary>
    public IReadOnlyList<string> Lines(LogLevel least) => [.. lines.Where(line => line.Level >= least).Select(line => line.Line)];

    /// <summary>Lets a portal write here, on top of what it does with its log.</summary>
    public void Listen(IWebHostBuilder web) => web.ConfigureLogging(logging => logging.AddProvider(this));

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Category(CapturedLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.lines.Enqueue((logLevel, name, $"{name}: {formatter(state, exception)}{(exception is null ? "" : $" {exception}")}"));
    }
}
