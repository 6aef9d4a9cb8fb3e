using MyPortal.Kernel;

namespace MyPortal.Audit;

/// <summary>
/// Counts what strangers try, in memory until the next storing: a refused stranger costs the database nothing. At most
/// <see cref="MostRows"/> counts an hour are told apart in one process; whoever comes then is counted together.
/// </summary>
internal sealed class UnknownCallers(IHttpContextAccessor http, TimeProvider clock)
{
    public const int MostRows = 1_000;

    /// <summary>Stands for all blocks beyond the limit.</summary>
    public const string Others = "*";

    private readonly Lock gate = new();
    private readonly HashSet<CallerKey> toldApart = [];
    private Dictionary<CallerKey, long> waiting = [];
    private DateTimeOffset currentHour;

    /// <summary>Counts one try of the caller of the current request.</summary>
    /// <param name="what">Code of the refusal, or a code of what was begun; one of few words, never what the caller wrote.</param>
    public void Add(string what)
    {
        var now = clock.Now();
        var hour = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerHour));
        var key = new CallerKey(hour, AddressBlock.Of(http.HttpContext?.Connection.RemoteIpAddress).ToCoarseText(), what);
        lock (gate)
        {
            if (hour != currentHour)
            {
                toldApart.Clear();
                currentHour = hour;
            }

            key = toldApart.Contains(key) || toldApart.Count < MostRows ? key : key with { Block = Others };
            if (key.Block is not Others)
            {
                toldApart.Add(key);
            }

            waiting[key] = waiting.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>Hands over what was counted since the last time.</summary>
    public IReadOnlyDictionary<CallerKey, long> Take()
    {
        lock (gate)
        {
            var taken = waiting;
            waiting = [];
            return taken;
        }
    }

    /// <summary>Takes back what could not be stored.</summary>
    public void PutBack(IReadOnlyDictionary<CallerKey, long> taken)
    {
        lock (gate)
        {
            foreach (var (key, count) in taken)
            {
                waiting[key] = waiting.GetValueOrDefault(key) + count;
            }
        }
    }
}
