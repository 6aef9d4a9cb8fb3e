using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Audit;

public sealed class VerifyAccessRecordsTests
{
    private const int Last = 9;
    private static readonly int[] Batches = [4, 3, 2];

    [Theory, EveryDatabase]
    public async Task An_untouched_chain_is_intact(Engine engine)
    {
        await using var fixture = await AuditFixture.CreateAsync(engine);
        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Empty, 0));
        await fixture.SealBatchesAsync(Batches);
        await fixture.RecordAsync(2);

        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, Last), "what waits for its place is not judged");
    }

    [Theory]
    [InlineData("UPDATE AccessRecords SET Id = upper(substr(Id, 1, 35)) || CASE substr(Id, 36) WHEN '0' THEN '1' ELSE '0' END WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET At = At + 1 WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET Event = 'InboxListed' WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET ActorKind = 'System' WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET ActorId = NULL WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET ActorId = '00000000-0000-0000-0000-000000000000' WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET Subject = NULL WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET Subject = (SELECT Subject FROM AccessRecords WHERE Sequence = 6) WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET ObjectId = NULL WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET ObjectId = Subject WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET Outcome = 'ok ' WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET Holder = 'sakura-city' WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET Row = 'city-tax-self' WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET Hash = zeroblob(32) WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET PreviousHash = zeroblob(32) WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET PreviousHash = NULL WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET Sequence = NULL WHERE Sequence = 5")]
    [InlineData("UPDATE AccessRecords SET Sequence = 50 WHERE Sequence = 5")]
    [InlineData("DELETE FROM AccessRecords WHERE Sequence = 5")]
    [InlineData("DELETE FROM AccessRecords WHERE Sequence >= 5")]
    public async Task A_change_of_any_field_and_a_removal_are_found_at_their_place(string sql)
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);

        await ChangeAsync(fixture, sql);

        (await fixture.VerifyAsync()).ShouldBe(AuditVerdict.BrokenAt(5));
    }

    [Theory]
    [InlineData("UPDATE AuditSeals SET Hash = zeroblob(32) WHERE Sequence = 7")]
    [InlineData("UPDATE AuditSeals SET Signature = zeroblob(64) WHERE Sequence = 7")]
    [InlineData("UPDATE AuditSeals SET At = At + 1 WHERE Sequence = 7")]
    [InlineData("UPDATE AuditSeals SET Signature = (SELECT Signature FROM AuditSeals WHERE Sequence = 4) WHERE Sequence = 7")]
    public async Task A_change_of_a_signature_is_found_at_its_place(string sql)
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);

        await ChangeAsync(fixture, sql);

        (await fixture.VerifyAsync()).ShouldBe(AuditVerdict.BrokenAt(7));
    }

    [Fact]
    public async Task Two_records_that_change_places_are_found()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);

        await ChangeAsync(fixture, "UPDATE AccessRecords SET Sequence = -5 WHERE Sequence = 5");
        await ChangeAsync(fixture, "UPDATE AccessRecords SET Sequence = 5 WHERE Sequence = 6");
        await ChangeAsync(fixture, "UPDATE AccessRecords SET Sequence = 6 WHERE Sequence = -5");

        (await fixture.VerifyAsync()).ShouldBe(AuditVerdict.BrokenAt(5));
    }

    [Fact]
    public async Task Hashing_everything_anew_without_the_key_is_found_at_the_next_signature()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);

        await HashAnewAsync(fixture);

        (await fixture.VerifyAsync()).ShouldBe(AuditVerdict.BrokenAt(7));
    }

    [Theory]
    [InlineData(false, nameof(AuditFinding.Broken), Last)]
    [InlineData(true, nameof(AuditFinding.OtherKey), 1)]
    public async Task Hashing_anew_with_the_seals_rewritten_under_another_key_is_found(bool namesItsKey, string finding, long firstBad)
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await using var stranger = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);
        File.Delete(fixture.Options.AnchorFile!);
        await HashAnewAsync(fixture);
        await ResealAsync(fixture, stranger.Key, namesItsKey ? stranger.Key.Thumbprint : fixture.Key.Thumbprint);

        var verdict = await fixture.VerifyAsync();

        (verdict.Finding.ToString(), verdict.FirstBad).ShouldBe((finding, firstBad));
    }

    [Fact]
    public async Task Hashing_anew_with_all_seals_rewritten_under_the_recorder_key_is_found_by_the_anchor()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);
        await HashAnewAsync(fixture);
        await ResealAsync(fixture, fixture.Key, fixture.Key.Thumbprint);

        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Rewritten, 0, 1));
    }

    [Fact]
    public async Task A_chain_that_goes_on_under_another_key_is_told_apart_from_a_broken_one()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await using var other = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);
        await fixture.RecordAsync(2);
        await new SealAccessRecords(fixture.Database, other.Key, fixture.Clock).ExecuteAsync(TestContext.Current.CancellationToken);

        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.OtherKey, Last, Last + 1));
    }

    [Fact]
    public async Task Seals_that_are_older_than_the_thumbprint_are_verified_with_the_key_at_hand()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);
        await ChangeAsync(fixture, "UPDATE AuditSeals SET KeyThumbprint = NULL");
        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, Last));

        await ChangeAsync(fixture, "UPDATE AuditSeals SET Signature = zeroblob(64) WHERE Sequence = 7");
        (await fixture.VerifyAsync()).ShouldBe(AuditVerdict.BrokenAt(7));
    }

    [Fact]
    public async Task Hashing_anew_and_removing_the_signatures_is_found_where_no_signature_covers_the_records_any_more()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);
        await HashAnewAsync(fixture);

        await ChangeAsync(fixture, "DELETE FROM AuditSeals WHERE Sequence > 4");

        (await fixture.VerifyAsync()).ShouldBe(AuditVerdict.BrokenAt(5));
    }

    [Fact]
    public async Task Records_that_somebody_hangs_on_without_the_key_are_found()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);
        await fixture.RecordAsync(1);
        await using (var db = fixture.Database.CreateDbContext())
        {
            var end = await db.Set<AccessRecord>().AsNoTracking().SingleAsync(record => record.Sequence == Last, TestContext.Current.CancellationToken);
            var forged = await db.Set<AccessRecord>().SingleAsync(record => record.Sequence == null, TestContext.Current.CancellationToken);
            forged.Chain(Last + 1, end.Hash!);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        (await fixture.VerifyAsync()).ShouldBe(AuditVerdict.BrokenAt(Last + 1));
    }

    [Fact]
    public async Task Records_that_were_cut_off_without_their_seals_are_found()
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.SealBatchesAsync(Batches);

        await ChangeAsync(fixture, "DELETE FROM AccessRecords WHERE Sequence >= 8");

        (await fixture.VerifyAsync()).ShouldBe(AuditVerdict.BrokenAt(8));
    }

    [Theory]
    [InlineData("UPDATE ChangeRecords SET SealedChange = zeroblob(80)")]
    [InlineData("UPDATE ChangeRecords SET SealedChange = (SELECT SealedChange FROM ChangeRecords AS other WHERE other.RecordId <> ChangeRecords.RecordId)")]
    [InlineData("DELETE FROM ChangeRecords WHERE RecordId = (SELECT Id FROM AccessRecords WHERE Sequence = 4)")]
    [InlineData("DELETE FROM ChangeRecords")]
    public async Task Before_after_and_reason_that_were_changed_exchanged_or_removed_are_found_at_their_record(string sql)
    {
        await using var fixture = await AuditFixture.CreateAsync();
        await fixture.RecordAsync(3);
        await fixture.RecordChangeAsync("苦情が多いため");
        await fixture.RecordChangeAsync("手続きのため");
        await fixture.SealAsync();
        await fixture.AnchorAsync();
        (await fixture.VerifyAsync()).ShouldBe(new AuditVerdict(AuditFinding.Intact, 5));

        await ChangeAsync(fixture, sql);

        (await fixture.VerifyAsync()).ShouldBe(AuditVerdict.BrokenAt(4));
    }

    private static async Task ResealAsync(AuditFixture fixture, RecorderKey key, byte[] thumbprint)
    {
        await using var db = fixture.Database.CreateDbContext();
        db.RemoveRange(await db.Set<AuditSeal>().ToListAsync());
        await db.SaveChangesAsync();
        var end = await db.Set<AccessRecord>().SingleAsync(record => record.Sequence == Last);
        var made = key.Seal(Last, fixture.Clock.Now(), end.Hash!);
        db.Add(AuditSeal.Of(made.Sequence, made.At, made.Hash, made.Signature, thumbprint));
        await db.SaveChangesAsync();
    }

    /// <summary>What an attacker without the recorder key can do: change record 5 and compute every hash behind it again.</summary>
    private static async Task HashAnewAsync(AuditFixture fixture)
    {
        await ChangeAsync(fixture, "UPDATE AccessRecords SET Outcome = 'forged' WHERE Sequence = 5");
        await using var db = fixture.Database.CreateDbContext();
        var hash = SealAccessRecords.Origin;
        foreach (var record in await db.Set<AccessRecord>().OrderBy(record => record.Sequence).ToListAsync())
        {
            record.Chain(record.Sequence!.Value, hash);
            hash = record.Hash!;
        }

        await db.SaveChangesAsync();
    }

    private static async Task ChangeAsync(AuditFixture fixture, string sql)
    {
        await using var db = fixture.Database.CreateDbContext();
        (await db.Database.ExecuteSqlRawAsync(sql)).ShouldBeGreaterThan(0);
    }
}
