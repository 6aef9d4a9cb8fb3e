using System.Text.Json;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;

namespace MyPortal.Benchmarks;

/// <summary>
/// Workload B6: every question of the matrix about one citizen, asked at once through the hub until every answer is opened, against the
/// slowest of the holders asked directly and alone. Portal, hub and holders share the cores of this machine, so the same questions are
/// also sent to the holders directly and at once. The portal's part runs in this process: nothing of it needs a page.
/// </summary>
internal sealed class HolderLoad(SeededPortal seeded, string sandbox, string trustBundle)
{
    // The hub allows 120 questions about one person in a minute; a round asks each question through the hub twice.
    private const int RoundsPerPerson = 8;
    private const int WarmUpsPerPerson = 1;
    private const int MostPeople = 12;

    public async Task<Section> MeasureAsync()
    {
        var publications = (await seeded.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Value;

        // What the hub itself keeps cannot be asked past the hub.
        var rows = publications.Matrix.Rows.Where(row => row.Holder != seeded.Get<HubOptions>().Id && row.Basis is LinkageBasis.Self).ToList();
        var holders = rows.Select(row => row.Holder).Distinct(StringComparer.Ordinal).ToList();
        var people = await LinkedPeople.EnrolAsync(seeded, sandbox, holders, MostPeople);
        var direct = holders.ToDictionary(holder => holder, holder => new DirectHolder(seeded, publications, holder, sandbox, trustBundle), StringComparer.Ordinal);
        try
        {
            await MeasureAsync(people, rows, direct, WarmUpsPerPerson);
            var begun = DateTimeOffset.UtcNow;
            var times = await MeasureAsync(people, rows, direct, RoundsPerPerson);
            return SectionOf(times, rows.Count, holders.Count, HubShare(begun));
        }
        finally
        {
            foreach (var holder in direct.Values)
            {
                holder.Dispose();
            }
        }
    }

    private static Section SectionOf(Times times, int questions, int holders, double hubShare)
    {
        var (all, together, single) = (LoadResult.Of(times.Hub, 1), LoadResult.Of(times.Together, 1), LoadResult.Of(times.Single, 1));
        var slowest = times.Direct.Values.Select(of => LoadResult.Of(of, 1)).MaxBy(of => of.P95)!;
        return new Section(
            $"Self-information: {questions} questions to {holders} holders through the hub, against holders asked directly with what the hub would send on (B6)",
            "directly",
            [
                new($"all {questions} answers opened, asked at once, against the slowest holder alone, 95 of 100 within, ms", all.P95, slowest.P95, null, null),
                new("added by hub and portal to the slowest holder, 95 of 100 within, ms", all.P95 - slowest.P95, null, null, 30),
                new($"all {questions} answers opened, asked at once, half within, ms", all.P50, together.P50, null, null),
                new($"all {questions} answers opened, asked at once, 95 of 100 within, ms", all.P95, together.P95, null, null),
                new("one answer opened, asked alone, half within, ms", single.P50, slowest.P50, null, null),
                new("one answer opened, asked alone, 95 of 100 within, ms", single.P95, slowest.P95, null, null),
                new("the hub's own check and conversion, by its records, 95 of 100 within, ms", hubShare, null, null, 5),
            ])
        {
            WhyNot = "five questions at once share two processors with hub and holders, and each makes its own records at both ends. Certificate paths are built once for each certificate already; records with a shared commit are not in the product yet.",
        };
    }

    private async Task<Times> MeasureAsync(IReadOnlyList<LinkedPerson> people, IReadOnlyList<MatrixRow> rows, Dictionary<string, DirectHolder> direct, int rounds)
    {
        var times = new Times([], [], [], rows.ToDictionary(row => row.RowId, _ => new List<double>(), StringComparer.Ordinal));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var person in people)
            {
                times.Hub.Add(await Load.TimeAsync(() => Task.WhenAll(rows.Select(row => AskAsync(person, row)))));
                times.Together.Add(await Load.TimeAsync(() => Task.WhenAll(rows.Select(row => direct[row.Holder].AskAsync(person, QuestionOf(person, row))))));
                foreach (var row in rows)
                {
                    times.Single.Add(await Load.TimeAsync(() => AskAsync(person, row)));
                    times.Direct[row.RowId].Add(await Load.TimeAsync(() => direct[row.Holder].AskAsync(person, QuestionOf(person, row))));
                }
            }
        }

        return times;
    }

    private async Task AskAsync(LinkedPerson person, MatrixRow row)
    {
        using var asked = await seeded.Get<QueryHolder>().ExecuteAsync(person.Viewer, QuestionOf(person, row), CancellationToken.None);
        if (asked.Open() is null)
        {
            throw new InvalidOperationException($"{row.RowId} was answered with {asked.Outcome} {asked.Code}.");
        }
    }

    private static HolderQuery QuestionOf(LinkedPerson person, MatrixRow row) => new(person.Link.HubCode, person.Link.SubjectTag, row, "own-device");

    // From the hub's record that a request came to its record that the request goes on to the holder.
    private double HubShare(DateTimeOffset begun)
    {
        var arrived = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var shares = new List<double>();
        foreach (var line in File.ReadLines(Path.Combine(sandbox, "organisations", seeded.Get<HubOptions>().Id, "access-records.jsonl")))
        {
            using var entry = JsonDocument.Parse(line);
            var record = entry.RootElement.GetProperty("record");
            var (request, at) = (record.GetProperty("requestId").GetString()!, record.GetProperty("at").GetDateTimeOffset());
            switch (record.GetProperty("event").GetString())
            {
                case "REQUEST" when at >= begun:
                    arrived[request] = at;
                    break;
                case "AUTHORISE" when arrived.TryGetValue(request, out var since):
                    shares.Add((at - since).TotalMilliseconds);
                    break;
            }
        }

        return LoadResult.Of(shares, 1).P95;
    }

    private sealed record Times(List<double> Hub, List<double> Together, List<double> Single, Dictionary<string, List<double>> Direct);
}
