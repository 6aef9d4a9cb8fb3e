using Microsoft.Extensions.Logging;
using MyPortal.Audit;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Audit;

public sealed class AnchorTests
{
    [Theory]
    [InlineData("DELETE FROM AuditSeals WHERE Sequence > 4; DELETE FROM AccessRecords WHERE Sequence > 4", 4)]
    [InlineData("DELETE FROM AuditSeals; DELETE FROM AccessRecords", 0)]
    public async Task A_chain_cut_at_its_end_or_emptied_ends_before_its_anchor(string sql, long left)
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(4, 3, 2);

        await fixture.ExecuteAsync(System.Runtime.CompilerServices.FormattableStringFactory.Create(sql));

        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.EndMissing, left, left + 1));
        await fixture.AnchorAsync();
        (await fixture.VerifyAsync()).Finding.ShouldBe(AuditFinding.EndMissing, "a shorter chain adds nothing to the file");
    }

    [Fact]
    public async Task Records_that_lost_their_places_and_were_sealed_again_are_found()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(4, 3);
        await fixture.SealBatchesAsync(2);
        await fixture.ExecuteAsync($"DELETE FROM AuditSeals WHERE Sequence > 7");
        await fixture.ExecuteAsync($"UPDATE AccessRecords SET Sequence = NULL, PreviousHash = NULL, Hash = NULL, Outcome = 'forged' WHERE Sequence > 7");

        await fixture.SealAsync();
        await fixture.RecordAsync(3);
        await fixture.SealAsync();
        await fixture.AnchorAsync();

        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Rewritten, 7, 8));
    }

    [Fact]
    public async Task A_chain_without_any_anchor_is_not_called_intact()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(4);
        File.Delete(fixture.Options.AnchorFile!);

        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.NoAnchor, 4));
    }

    [Fact]
    public async Task The_file_only_grows_is_its_owners_alone_and_has_a_line_for_each_end()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(4);
        var first = await File.ReadAllTextAsync(fixture.Options.AnchorFile!, TestContext.Current.CancellationToken);
        await fixture.AnchorAsync();
        await fixture.SealBatchesAsync(3);
        var second = await File.ReadAllTextAsync(fixture.Options.AnchorFile!, TestContext.Current.CancellationToken);

        second.ShouldStartWith(first);
        second.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Anchor.TryRead(line).ShouldNotBeNull().Count).ShouldBe([4, 7]);
        first.ShouldBe($"MYP-ANCHOR/1 {fixture.Clock.Now().AddMilliseconds(-3):yyyy-MM-ddTHH:mm:ss.fffZ} anchor 4 {first.Split(' ')[4]} {Convert.ToHexStringLower(fixture.Key.Thumbprint)}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(fixture.Options.AnchorFile!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task What_a_dying_machine_left_half_written_stays_a_line_of_its_own()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(4);
        await File.AppendAllTextAsync(fixture.Options.AnchorFile!, "MYP-ANCHOR/1 2026-", TestContext.Current.CancellationToken);

        await fixture.SealBatchesAsync(3);

        var report = await fixture.ReportAsync();
        report.Verdict.ShouldBe(new AuditVerdict(AuditFinding.Intact, 7));
        report.Anchors.ShouldHaveSingleItem().Summary.ShouldSatisfyAllConditions(
            file => file.Lines.ShouldBe(3),
            file => file.Unreadable.ShouldBe(1),
            file => file.Newest!.Count.ShouldBe(7));
    }

    [Fact]
    public async Task The_newest_anchor_of_all_given_files_counts()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        var other = fixture.Options.AnchorFile + ".other";
        await fixture.SealBatchesAsync(4);
        await fixture.RecordAsync(3);
        await fixture.SealAsync();
        await fixture.AnchorAsync(other);
        await fixture.ExecuteAsync($"DELETE FROM AuditSeals WHERE Sequence > 4");
        await fixture.ExecuteAsync($"DELETE FROM AccessRecords WHERE Sequence > 4");
        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, 4), "what one node alone can see");

        fixture.Options = fixture.Options with { FurtherAnchors = [other] };

        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.EndMissing, 4, 5));
    }

    [Fact]
    public async Task An_accepted_restore_leaves_a_marked_line_and_later_cuts_are_still_found()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(4);
        await fixture.SealBatchesAsync(3, 2);
        await fixture.ExecuteAsync($"DELETE FROM AuditSeals WHERE Sequence > 7");
        await fixture.ExecuteAsync($"DELETE FROM AccessRecords WHERE Sequence > 7");

        (await fixture.AcceptRestoreAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, 7));

        var lines = await File.ReadAllLinesAsync(fixture.Options.AnchorFile!, TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(3);
        lines[^1].ShouldContain(" restore 4 ", Case.Sensitive, "the last anchor that agrees with the chain");
        await fixture.SealBatchesAsync(5);
        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, 12));
        await fixture.ExecuteAsync($"DELETE FROM AuditSeals WHERE Sequence > 7");
        await fixture.ExecuteAsync($"DELETE FROM AccessRecords WHERE Sequence > 7");
        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.EndMissing, 7, 8));
    }

    [Fact]
    public async Task A_restore_after_which_the_portal_served_on_can_be_accepted_and_a_broken_chain_cannot()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(4);
        await fixture.SealBatchesAsync(3);
        await fixture.ExecuteAsync($"DELETE FROM AuditSeals WHERE Sequence > 4");
        await fixture.ExecuteAsync($"DELETE FROM AccessRecords WHERE Sequence > 4");
        await fixture.SealBatchesAsync(6);
        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Rewritten, 4, 5));

        (await fixture.AcceptRestoreAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, 10));

        var before = await File.ReadAllTextAsync(fixture.Options.AnchorFile!, TestContext.Current.CancellationToken);
        await fixture.ExecuteAsync($"UPDATE AccessRecords SET Outcome = 'forged' WHERE Sequence = 2");
        (await fixture.AcceptRestoreAsync()).ShouldBe(AuditVerdict.BrokenAt(2));
        (await File.ReadAllTextAsync(fixture.Options.AnchorFile!, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task A_seal_that_somebody_invented_is_not_anchored()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(4);
        await fixture.ExecuteAsync($"UPDATE AuditSeals SET Sequence = 4000");

        await fixture.AnchorAsync();

        (await File.ReadAllLinesAsync(fixture.Options.AnchorFile!, TestContext.Current.CancellationToken)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_said_once_and_stops_no_sealing()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.RecordAsync(2);
        await fixture.SealAsync();
        var log = new CapturedLog();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log));
        var options = fixture.Options with { AnchorFile = Path.Combine(fixture.Options.AnchorFile!, "nowhere") };
        var anchor = new AnchorAccessRecords(fixture.Database, fixture.Key, options, fixture.Clock, logs.CreateLogger<AnchorAccessRecords>());

        await anchor.ExecuteAsync(TestContext.Current.CancellationToken);
        await anchor.ExecuteAsync(TestContext.Current.CancellationToken);

        log.Lines(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("Audit:AnchorFile");
    }
}
