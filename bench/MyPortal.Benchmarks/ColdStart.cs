using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace MyPortal.Benchmarks;

/// <summary>
/// Workload B11: cold start to the first page, resident memory and weight of the first page, against a new empty Blazor app. Both
/// start in turn, so that a noisy machine disturbs both.
/// </summary>
internal sealed partial class ColdStart(App portal, App empty)
{
    private const int Rounds = 5;
    private const int Kilobyte = 1024;

    public async Task<IReadOnlyList<Figure>> MeasureAsync()
    {
        var first = await OnceAsync(portal);
        _ = await OnceAsync(empty);
        List<Sample> ours = [];
        List<Sample> theirs = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await OnceAsync(portal));
            theirs.Add(await OnceAsync(empty));
        }

        var weight = ours[0].Weight;
        return
        [
            new("start to the first page, ms", Median(ours, sample => sample.Start), Median(theirs, sample => sample.Start), 2.0, null),
            new("very first start (makes keys and database), ms", first.Start, null, null, null),
            new("resident memory after the first page, MB", Median(ours, sample => sample.Memory), Median(theirs, sample => sample.Memory), null, null),
            new("first page, HTML, KB gzip", weight.Html, theirs[0].Weight.Html, null, 20),
            new("first page, styles, KB gzip", weight.Styles, theirs[0].Weight.Styles, null, 20),
            new("first page, own scripts, KB gzip", weight.Scripts, theirs[0].Weight.Scripts, null, 12),
            new("first page, framework script, KB gzip", weight.Framework, theirs[0].Weight.Framework, null, null),
            new("first page, requests", weight.Requests, theirs[0].Weight.Requests, null, 8),
        ];
    }

    private static async Task<Sample> OnceAsync(App app)
    {
        await using var running = await RunningApp.StartAsync(app);
        return new Sample(
            running.Start.TotalMilliseconds,
            await running.ResidentMemoryAsync() / (double)(Kilobyte * Kilobyte),
            await WeighAsync(running));
    }

    private static async Task<Weight> WeighAsync(RunningApp app)
    {
        var styles = 0.0;
        var scripts = 0.0;
        var framework = 0.0;
        var assets = Asset().Matches(app.Page).Select(match => match.Groups["path"].Value).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var path in assets)
        {
            var size = Compressed(await app.Http.GetByteArrayAsync(new Uri(path.TrimStart('/'), UriKind.Relative)));
            styles += path.Contains(".css", StringComparison.Ordinal) ? size : 0;
            framework += path.Contains("_framework", StringComparison.Ordinal) ? size : 0;
            scripts += path.Contains(".js", StringComparison.Ordinal) && !path.Contains("_framework", StringComparison.Ordinal) ? size : 0;
        }

        return new Weight(Compressed(Encoding.UTF8.GetBytes(app.Page)), styles, scripts, framework, 1 + assets.Length);
    }

    private static double Compressed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return target.Length / (double)Kilobyte;
    }

    private static double Median(IEnumerable<Sample> samples, Func<Sample, double> value) => samples.Select(value).Order().ElementAt(Rounds / 2);

    [GeneratedRegex("""(?:href|src)="(?<path>[^":]+\.(?:css|js|svg|png|ico|woff2|webmanifest)[^"]*)" """, RegexOptions.IgnorePatternWhitespace, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asset();

    private sealed record Sample(double Start, double Memory, Weight Weight);

    private sealed record Weight(double Html, double Styles, double Scripts, double Framework, int Requests);
}
