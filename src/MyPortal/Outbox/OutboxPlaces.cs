namespace MyPortal.Outbox;

/// <summary>How much may be taken now.</summary>
/// <param name="Total">Messages in all.</param>
/// <param name="Occupied">Attempts under way of each party that has any.</param>
internal sealed record FreePlaces(int Total, IReadOnlyDictionary<Guid, int> Occupied)
{
    public static FreePlaces All { get; } = new(OutboxPlaces.MostInAll, new Dictionary<Guid, int>());

    /// <summary>Parties that have no place left.</summary>
    public IReadOnlyList<Guid> Full => [.. Occupied.Where(party => party.Value >= OutboxPlaces.MostOfOneParty).Select(party => party.Key)];

    public int Of(Guid recipient) => OutboxPlaces.MostOfOneParty - Occupied.GetValueOrDefault(recipient);
}

/// <summary>The attempts of this process that are under way, so many of each party and so many in all.</summary>
internal sealed class OutboxPlaces
{
    public const int MostOfOneParty = 8;

    /// <summary>An attempt that waits costs a connection and little else; only when this many parties hang at once do others wait for them.</summary>
    public const int MostInAll = 64 * MostOfOneParty;

    private readonly Lock gate = new();
    private readonly List<(Guid Party, Task Attempt)> occupied = [];

    public IReadOnlyList<Task> UnderWay => [.. Occupied().Select(place => place.Attempt)];

    public FreePlaces Free()
    {
        var places = Occupied();
        return new FreePlaces(MostInAll - places.Count, places.CountBy(place => place.Party).ToDictionary());
    }

    public Task Occupy(Guid party, Task attempt)
    {
        lock (gate)
        {
            occupied.Add((party, attempt));
        }

        return attempt;
    }

    private List<(Guid Party, Task Attempt)> Occupied()
    {
        lock (gate)
        {
            occupied.RemoveAll(place => place.Attempt.IsCompleted);
            return [.. occupied];
        }
    }
}
