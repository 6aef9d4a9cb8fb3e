using System.Globalization;
using MyPortal.Audit;

namespace MyPortal.App;

/// <summary>The command <c>verify-audit</c>: says whether the access records are what was sealed and reach as far as they did.</summary>
internal static class VerifyAuditCommand
{
    public const string Name = "verify-audit";
    private const string AcceptSwitch = "--accept-restore";
    private const string AcceptSetting = "Audit:AcceptRestore";
    private const int Good = 0;
    private const int Bad = 1;
    private const int NotPossible = 2;
    private const int AnotherKey = 4;

    private const string Limits = """
        Not seen by this check: records that were removed before they were sealed (a second, as a rule); an end that was cut off since the
        newest anchor (ten seconds); and whatever was changed by somebody who has the recorder key and every copy of the anchor files.
        Keep a copy of the anchor files where the portal cannot write, and compare with the records of hub and senders.
        """;

    /// <summary>The arguments with the switch as a setting: the configuration would take it for the name of one and swallow the next argument.</summary>
    public static string[] WithSettings(string[] arguments) =>
        [.. arguments.Select(argument => argument is AcceptSwitch ? $"--{AcceptSetting}=true" : argument)];

    /// <summary>Prints the finding. 0 intact and as long as the newest anchor says; 1 not; 2 an anchor file cannot be read or written; 4 sealed with another key.</summary>
    public static async Task<int> RunAsync(IServiceProvider services, TextWriter output, TextWriter errors)
    {
        var accepts = services.GetRequiredService<IConfiguration>().GetValue<bool>(AcceptSetting);
        var options = services.GetRequiredService<AuditOptions>();
        if (options.FurtherAnchors.FirstOrDefault(file => !File.Exists(file)) is { } named)
        {
            await errors.WriteLineAsync($"{AuditOptions.Section}:{nameof(AuditOptions.FurtherAnchors)} names {named}, which is not there.");
            return NotPossible;
        }

        try
        {
            var report = accepts
                ? await services.GetRequiredService<AcceptRestore>().ExecuteAsync(CancellationToken.None)
                : await services.GetRequiredService<VerifyAccessRecords>().ExecuteAsync(CancellationToken.None);
            Print(report, output);
            return report.Verdict.Finding switch
            {
                AuditFinding.Intact => Good,
                AuditFinding.OtherKey => AnotherKey,
                _ => Bad,
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"An anchor file cannot be read or written: {exception.Message}");
            return NotPossible;
        }
    }

    private static void Print(AuditReport report, TextWriter output)
    {
        output.WriteLine(SentenceOf(report));
        if (report.OldestWaiting is { } oldest)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Waiting} records wait for their place since {oldest:u} and were not judged."));
        }

        foreach (var summary in report.Anchors.Select(check => check.Summary))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Path}: {summary.Lines} lines, the first of record {summary.First?.Count ?? 0}{(summary.Unreadable > 0 ? $"; {summary.Unreadable} lines are no anchors" : "")}."));
            foreach (var (_, mark) in summary.Restores)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Path}: a restore to record {mark.Count} was accepted at {mark.At:u}; what was anchored behind it before does not count."));
            }
        }

        foreach (var path in report.Missing)
        {
            output.WriteLine($"{path} is not there.");
        }

        output.WriteLine(Limits);
    }

    private static string SentenceOf(AuditReport report)
    {
        var (finding, intact, bad) = report.Verdict;
        FormattableString sentence = finding switch
        {
            AuditFinding.Intact => $"All {intact} sealed access records are intact and reach the newest anchor, record {report.Newest?.Count} of {report.Newest?.At:u}.",
            AuditFinding.Broken => $"Access record {bad}, the words beside it or the seal over it is not what was sealed; the {intact} before it are intact.",
            AuditFinding.Rewritten => $"The chain is not the one that was anchored, from access record {bad} on; the {intact} before it agree with an anchor.",
            AuditFinding.EndMissing => $"The chain ends at access record {intact}, but record {report.Newest?.Count} was anchored at {report.Newest?.At:u}. After a restore: {Name} {AcceptSwitch}.",
            AuditFinding.OtherKey => $"From access record {bad} on the seals were made with another key than recorder.p8 of this installation: nothing can be said about them. Verify with the key of their time.",
            AuditFinding.Empty => $"There is no sealed access record and no anchor: either nothing ever happened here, or everything was removed.",
            _ => $"The {intact} sealed access records hold together, but no anchor says how far they should reach. The portal makes one within ten seconds of serving.",
        };
        return FormattableString.Invariant(sentence);
    }
}
