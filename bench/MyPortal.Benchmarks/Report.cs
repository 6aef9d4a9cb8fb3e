using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MyPortal.Benchmarks;

/// <summary>One measured figure.</summary>
/// <param name="What">What was measured, with its unit.</param>
/// <param name="Portal">Our figure.</param>
/// <param name="Other">The figure it is compared with, from the same run.</param>
/// <param name="HighestRatio">Goal for ours divided by the other.</param>
/// <param name="Highest">Goal for our figure alone.</param>
/// <param name="LowestRatio">Goal for ours divided by the other, where more is better.</param>
internal sealed record Figure(string What, double Portal, double? Other, double? HighestRatio, double? Highest, double? LowestRatio = null)
{
    public double? Ratio => Other is > 0 ? Portal / Other : null;

    public bool? IsMet => (HighestRatio, Highest, LowestRatio) switch
    {
        ({ } ratio, _, _) => Ratio <= ratio,
        (_, { } limit, _) => Portal <= limit,
        (_, _, { } ratio) => Ratio >= ratio,
        _ => null,
    };

    public string Goal => (HighestRatio, Highest, LowestRatio) switch
    {
        ({ } ratio, _, _) => Report.Text($"ratio <= {ratio:0.0}"),
        (_, { } limit, _) => Report.Text($"<= {limit:0}"),
        (_, _, { } ratio) => Report.Text($"ratio >= {ratio:0.0}"),
        _ => "-",
    };
}

/// <summary>One workload in the report.</summary>
/// <param name="Title">What was done, and its number in the list of workloads.</param>
/// <param name="OtherName">What the portal is compared with.</param>
/// <param name="Figures">What was measured.</param>
internal sealed record Section(string Title, string OtherName, IReadOnlyList<Figure> Figures)
{
    /// <summary>Where the time goes and what was tried, for whoever reads of a goal that is not met.</summary>
    public string? WhyNot { get; init; }
}

/// <summary>Writes docs/benchmarks.md.</summary>
internal static class Report
{
    public static string Write(IEnumerable<Section> sections)
    {
        var text = new StringBuilder();
        text.Append(
            """
            # Measurements

            Written by `dotnet run scripts/bench.cs`. Machines are noisy: what counts is the ratio of two figures of the same run. No test asserts a time.


            """);
        text.Append(Text($"Machine: {Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}. "));
        text.Append(Text($"Date: {TimeProvider.System.GetUtcNow():yyyy-MM-dd}.\n"));
        foreach (var section in sections)
        {
            text.Append(Text($"\n## {section.Title}\n\n| figure | portal | {section.OtherName} | ratio | goal | met |\n|---|---:|---:|---:|---|---|\n"));
            foreach (var figure in section.Figures)
            {
                text.Append(Text($"| {figure.What} | {figure.Portal:0.0} | {Number(figure.Other)} | {Number(figure.Ratio, "0.00")} | {figure.Goal} | {Word(figure.IsMet)} |\n"));
            }

            if (section.WhyNot is { } why && section.Figures.Any(figure => figure.IsMet is false))
            {
                text.Append(Text($"\nNot met: {why}\n"));
            }
        }

        return text.ToString();
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? number, string format = "0.0") => number?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Word(bool? met) => met switch { true => "yes", false => "no", null => "-" };

    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor"
            : RuntimeInformation.ProcessArchitecture.ToString();
}
