using System.Collections.Concurrent;
using MyPortal.Kernel;

namespace MyPortal.Features.SelfInformation.Asking;

/// <summary>How a holder did lately, whoever asked.</summary>
internal enum HolderCircuitState
{
    /// <summary>Nobody asked it lately.</summary>
    Unknown,

    /// <summary>It answered.</summary>
    Answering,

    /// <summary>It did not answer.</summary>
    Silent,
}

/// <summary>
/// Watches how holders answer and protects them and the portal: a holder that fails half of at least ten requests within thirty
/// seconds is left alone for fifteen, and then asked by one request only. It knows no person and no value.
/// </summary>
internal sealed class HolderCircuitBreaker(TimeProvider clock)
{
    /// <summary>More at once would fill the portal with people who wait for one slow holder.</summary>
    public const int MostAtOnce = 200;

    /// <summary>Under this name the hub itself is watched; no participant has an empty name.</summary>
    private const string Hub = "";

    private const int FewestRequests = 10;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Watch> watches = new(StringComparer.Ordinal);

    /// <summary>Asks for permission to ask; whoever gets it must <see cref="Report"/>.</summary>
    public bool TryEnter(string holder) => watches.GetOrAdd(holder, static _ => new Watch()).TryEnter(clock.Now());

    /// <summary>Says how it went.</summary>
    /// <param name="holder">Who was asked.</param>
    /// <param name="hasAnswered">Whether it said anything, be it a refusal; null when the request was given up.</param>
    public void Report(string holder, bool? hasAnswered) => watches.GetOrAdd(holder, static _ => new Watch()).Leave(clock.Now(), hasAnswered);

    /// <summary>Says whether the hub itself spoke.</summary>
    public void ReportHub(bool hasAnswered) => watches.GetOrAdd(Hub, static _ => new Watch()).Note(clock.Now(), hasAnswered);

    public HolderCircuitState HubHealth => ConditionOf(Hub);

    public HolderCircuitState ConditionOf(string holder) => watches.TryGetValue(holder, out var watch) ? watch.ConditionAt(clock.Now()) : HolderCircuitState.Unknown;

    /// <summary>Holders that did not answer the last request, by identifier.</summary>
    public IReadOnlyList<string> Silent() => [.. watches.Keys.Where(holder => holder.Length > 0 && ConditionOf(holder) is HolderCircuitState.Silent).Order(StringComparer.Ordinal)];

    private sealed class Watch
    {
        private readonly Lock gate = new();
        private readonly Queue<(DateTimeOffset At, bool HasAnswered)> recent = new();
        private (DateTimeOffset At, bool HasAnswered)? last;
        private DateTimeOffset? restsSince;
        private int inFlight;

        public bool TryEnter(DateTimeOffset now)
        {
            lock (gate)
            {
                // After the rest one request goes ahead; the others wait for what it finds.
                if (inFlight >= MostAtOnce || (restsSince is { } since && (since.HasBegunWithin(Rest, now) || inFlight > 0)))
                {
                    return false;
                }

                inFlight++;
                return true;
            }
        }

        public void Leave(DateTimeOffset now, bool? hasAnswered)
        {
            lock (gate)
            {
                inFlight--;
                if (hasAnswered is not { } answered)
                {
                    return;
                }

                last = (now, answered);
                recent.Enqueue((now, answered));
                while (!recent.Peek().At.HasBegunWithin(Window, now))
                {
                    recent.Dequeue();
                }

                if (restsSince is not null && answered)
                {
                    restsSince = null;
                    recent.Clear();
                }
                else if (!answered && (restsSince is not null || (recent.Count >= FewestRequests && recent.Count(one => !one.HasAnswered) * 2 >= recent.Count)))
                {
                    restsSince = now;
                }
            }
        }

        public void Note(DateTimeOffset now, bool hasAnswered)
        {
            lock (gate)
            {
                last = (now, hasAnswered);
            }
        }

        public HolderCircuitState ConditionAt(DateTimeOffset now)
        {
            lock (gate)
            {
                return last is not { } known || !known.At.HasBegunWithin(Memory, now) ? HolderCircuitState.Unknown
                    : known.HasAnswered ? HolderCircuitState.Answering
                    : HolderCircuitState.Silent;
            }
        }
    }
}
