using System.Globalization;
using MyPortal.Contracts.Hub;

namespace MyPortal.Features.AccessLog.Uses;

/// <summary>One event in the hub's record of a person (docs/hub-protocol.md section 7).</summary>
internal sealed record HubRecord(Guid RequestId, string Event, DateTimeOffset At, string Requester, string Holder, string Row, string Purpose, IReadOnlyList<string> Items, string Outcome)
{
    /// <summary>The hub gives at most this many; whoever gets all of them must not conclude anything from what is older.</summary>
    public const int MostGiven = 120;

    /// <summary>Reads the values of an answer. Each event begins with its request; one that cannot be read is left out.</summary>
    public static IReadOnlyList<HubRecord> Read(IReadOnlyList<DatasetRecord> values)
    {
        var found = new List<HubRecord>();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (value.ItemId is "requestId")
            {
                Take(fields, found);
                fields.Clear();
            }

            fields[value.ItemId] = value.Value;
        }

        Take(fields, found);
        return found;
    }

    private static void Take(Dictionary<string, string> fields, List<HubRecord> found)
    {
        string Field(string name) => fields.GetValueOrDefault(name, "");
        if (Guid.TryParse(Field("requestId"), out var id)
            && DateTimeOffset.TryParse(Field("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            found.Add(new HubRecord(
                id, Field("event"), at, Field("requester"), Field("holder"), Field("row"), Field("purpose"),
                Field("items").Split(' ', StringSplitOptions.RemoveEmptyEntries), Field("outcome")));
        }
    }
}
