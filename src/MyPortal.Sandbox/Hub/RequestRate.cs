namespace MyPortal.Sandbox.Hub;

/// <summary>How often one requester may ask about one code: 120 times in a minute.</summary>
internal sealed class RequestRate(TimeProvider clock)
{
    private const int Most = 120;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Requester, string Code), int> counts = [];
    private DateTimeOffset since = DateTimeOffset.MinValue;

    public bool Allows(string requester, string code)
    {
        lock (gate)
        {
            if (clock.GetUtcNow() - since > Window)
            {
                counts.Clear();
                since = clock.GetUtcNow();
            }
            var count = counts.GetValueOrDefault((requester, code)) + 1;
            counts[(requester, code)] = count;
            return count <= Most;
        }
    }
}
