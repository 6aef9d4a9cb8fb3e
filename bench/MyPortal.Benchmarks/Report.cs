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
internal sealed record Figure(string What, double Portal, double? Other, double? HighestRatio, double? Highest)
{
    public double? Ratio => Other is > 0 ? Portal / Other : null;

    public bool? IsMet => (HighestRatio, Highest) switch
    {
        ({ } ratio, _) => Ratio <= ratio,
        (_, { } limit) => Portal <= limit,
        _ => null,
    };

    public string Goal => (HighestRatio, Highest) switch
    {
        ({ } ratio, _) => Report.Text($"ratio <= {ratio:0.0}"),
        (_, { } limit) => Report.Text($"<= {limit:0}"),
        _ => "-",
    };
}

/// <summary>Writes docs/benchmarks.md.</summary>
internal static class Report
{
    public static string Write(IEnumerable<Figure> figures)
    {
        var text = new StringBuilder();
        text.Append(
            """
            # Measurements

            Written by `dotnet run scripts/bench.cs`. Machines are noisy: what counts is the ratio of two figures of the same run. No test asserts a time.


            """);
        text.Append(Text($"Machine: {Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}. "));
        text.Append(Text($"Date: {TimeProvider.System.GetUtcNow():yyyy-MM-dd}.\n\n"));
        text.Append("## Cold start, against a new empty Blazor app\n\n| figure | portal | empty app | ratio | goal | met |\n|---|---:|---:|---:|---|---|\n");
        foreach (var figure in figures)
        {
            text.Append(Text($"| {figure.What} | {figure.Portal:0.0} | {Number(figure.Other)} | {Number(figure.Ratio, "0.00")} | {figure.Goal} | {Word(figure.IsMet)} |\n"));
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
