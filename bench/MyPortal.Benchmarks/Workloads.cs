using System.Diagnostics;

namespace MyPortal.Benchmarks;

/// <summary>The table of contents: which workload has which name, and in which order they run.</summary>
internal sealed class Workloads(App portal, App empty, string work, string trustBundle)
{
    private const int Citizens = 200;
    private static readonly string Self = typeof(Workloads).Assembly.Location;

    public async Task<IReadOnlyList<Section>> MeasureAsync(IReadOnlyList<string> names)
    {
        List<Section> sections = [];

        // First, because its very first start makes keys and database.
        if (IsWanted("B11"))
        {
            sections.Add(new Section("Cold start, against a new empty Blazor app (B11)", "empty app", await TimedAsync("B11", new ColdStart(portal, empty).MeasureAsync))
            {
                WhyNot = "the program is compiled while it starts, and keys, roots and schema are checked before the first answer. Compiling ahead (ReadyToRun) is not switched on yet; profiles put it alone at four times the empty app.",
            });
        }

        await using var seeded = await SeededPortal.CreateAsync(portal.Arguments);
        if (IsWanted("card"))
        {
            sections.Add(await TimedAsync("card", () => Task.FromResult(new CardLoad(seeded, Path.Combine(work, "sandbox")).Measure())));
        }

        if (IsWanted("B4"))
        {
            await seeded.PopulateAsync(Citizens);
            var bare = new App("bare insert", Self, [BareInsert.Word, Path.Combine(work, "bare")]);
            sections.Add(await TimedAsync("B4", new NoticeLoad(portal, bare, seeded).MeasureAsync));
        }

        if (IsWanted("B5"))
        {
            sections.AddRange(await TimedAsync("B5", new InboxLoad(portal, pages => new App("bare pages", Self, [BarePages.Word, pages]), work, seeded).MeasureAsync));
        }

        if (IsWanted("B6"))
        {
            sections.Add(await TimedAsync("B6", new HolderLoad(seeded, Path.Combine(work, "sandbox"), trustBundle).MeasureAsync));
        }

        if (IsWanted("B10"))
        {
            await seeded.PopulateAsync(Citizens);
            sections.Add(await TimedAsync("B10", new ConsentLoad(portal, seeded).MeasureAsync));
        }

        return sections is [] ? throw new InvalidOperationException($"No workload is called {string.Join(", ", names)}.") : sections;

        bool IsWanted(string name) => names.Contains(name, StringComparer.Ordinal);
    }

    private static async Task<T> TimedAsync<T>(string name, Func<Task<T>> measure)
    {
        Console.WriteLine($"Measuring {name}");
        var clock = Stopwatch.StartNew();
        var result = await measure();
        Console.WriteLine(Report.Text($"{name} took {clock.Elapsed.TotalSeconds:0} s"));
        return result;
    }
}
