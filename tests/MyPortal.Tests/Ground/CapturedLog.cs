using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MyPortal.Tests.Ground;

/// <summary>Keeps what is logged, by level.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> lines = new();

    /// <summary>Lines of this level or above, each with its category in front.</summary>
    public IReadOnlyList<string> Lines(LogLevel least) => [.. lines.Where(line => line.Level >= least).Select(line => line.Line)];

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
            log.lines.Enqueue((logLevel, $"{name}: {formatter(state, exception)}"));
    }
}
