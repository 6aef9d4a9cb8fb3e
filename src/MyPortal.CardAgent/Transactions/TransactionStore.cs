namespace MyPortal.CardAgent.Transactions;

/// <summary>
/// Open and recent transactions, in memory only. The ticket of an address is fetched once, however often its page is loaded: a second fetch
/// kills the transaction at the portal.
/// </summary>
internal sealed class TransactionStore(TimeProvider clock) : IDisposable
{
    private const int MostTransactions = 64;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    /// <summary>The transaction of a ticket; the first caller opens it, all others get the same.</summary>
    public async Task<Attempt<PendingTransaction>> OpenOnceAsync(TicketAddress ticket, Func<Task<Attempt<PendingTransaction>>> open)
    {
        Entry entry;
        lock (_gate)
        {
            Forget();
            entry = _entries.Find(known => known.Ticket == ticket) ?? Add(new Entry(ticket, clock.GetUtcNow(), new Lazy<Task<Attempt<PendingTransaction>>>(open)));
        }

        var attempt = await entry.Opening.Value;

        // Nobody answered, or nothing was handed out yet: a reload may ask again.
        if (attempt.Refusal is { } refusal && (refusal == Refusal.Unreachable || refusal.Status is StatusCodes.Status503ServiceUnavailable))
        {
            lock (_gate) _entries.Remove(entry);
        }

        return attempt;
    }

    public PendingTransaction? Find(string id)
    {
        lock (_gate)
        {
            Forget();
            return _entries.Select(entry => entry.PendingTransaction).FirstOrDefault(transaction => transaction?.Id == id);
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries) entry.PendingTransaction?.Dispose();
    }

    private Entry Add(Entry entry)
    {
        if (_entries.Count >= MostTransactions) _entries.RemoveAt(0);
        _entries.Add(entry);
        return entry;
    }

    private void Forget()
    {
        var oldest = clock.GetUtcNow() - Remembered;
        _entries.RemoveAll(entry => entry.Since < oldest);
    }

    private sealed record Entry(TicketAddress Ticket, DateTimeOffset Since, Lazy<Task<Attempt<PendingTransaction>>> Opening)
    {
        public PendingTransaction? PendingTransaction => Opening is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } opened } ? opened.Result.Value : null;
    }
}
