using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Audit;
using MyPortal.Certificates;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Audit;

/// <summary>Access records on a database of their own, with the recorder key in a folder of its own and nobody else at work.</summary>
internal sealed class AuditFixture : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-audit-");

    private AuditFixture(TestDatabase database)
    {
        Database = database;
        Trail = new AuditTrail(Clock);
        Keys.MakeSecret("key-encryption");
        Keys.MakeSigningKey("recorder");
        Key = new RecorderKey(Keys);
        Options = new AuditOptions { AnchorFile = Path.Combine(folder.FullName, "audit.anchors") };
    }

    public TestDatabase Database { get; }

    public TestClock Clock { get; } = new();

    public AuditTrail Trail { get; }

    public KeyFolder Keys => new(folder.FullName, RandomSource.System);

    public RecorderKey Key { get; }

    public AuditOptions Options { get; set; }

    public static async Task<AuditFixture> CreateAsync(Engine engine = Engine.Sqlite) => new(await TestDatabase.CreateAsync(engine));

    public SealAccessRecords Sealer() => new(Database, Key, Clock);

    /// <summary>Adds records at consecutive instants; not sealed yet.</summary>
    public async Task RecordAsync(int count)
    {
        await using var db = Database.CreateDbContext();
        for (var i = 0; i < count; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            var citizen = CitizenId.New(Clock.Now());
            Trail.Add(db, AccessEvent.NoticeOpened, Actor.Citizen(citizen), citizen, Guid.CreateVersion7(Clock.Now()));
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Adds the record of an operator's act with before, after and reason; not sealed yet.</summary>
    public async Task RecordChangeAsync(string reason)
    {
        await using var db = Database.CreateDbContext();
        using var seal = new PortalSeal(Keys, RandomSource.System);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        new ChangeTrail(seal, Clock).Add(db, AccessEvent.SenderSuspended, Actor.Operator(OperatorId.New(Clock.Now())), Guid.CreateVersion7(Clock.Now()), new Change([new ChangedField("state", "Live", "Suspended")], reason));
        await db.SaveChangesAsync();
    }

    /// <summary>Adds and seals several batches, and anchors the end.</summary>
    public async Task SealBatchesAsync(params int[] batches)
    {
        foreach (var batch in batches)
        {
            await RecordAsync(batch);
            (await Sealer().ExecuteAsync(CancellationToken.None)).ShouldBe(batch);
        }

        await AnchorAsync();
    }

    /// <summary>Seals whatever waits.</summary>
    public async Task SealAsync()
    {
        while (await Sealer().ExecuteAsync(CancellationToken.None) > 0)
        {
        }
    }

    public Task AnchorAsync(string? file = null) =>
        new AnchorAccessRecords(Database, Key, file is null ? Options : Options with { AnchorFile = file }, Clock, NullLogger<AnchorAccessRecords>.Instance).ExecuteAsync(CancellationToken.None);

    public async Task<AuditVerdict> VerifyAsync() => (await ReportAsync()).Verdict;

    public Task<AuditReport> ReportAsync(IDbContextFactory<PortalDbContext>? databases = null) => new VerifyAccessRecords(databases ?? Database, Key, Options).ExecuteAsync(CancellationToken.None);

    public async Task<AuditVerdict> AcceptRestoreAsync() =>
        (await new AcceptRestore(new VerifyAccessRecords(Database, Key, Options), Key, Clock).ExecuteAsync(CancellationToken.None)).Verdict;

    public async Task<int> ExecuteAsync(FormattableString sql)
    {
        await using var db = Database.CreateDbContext();
        return await db.Database.ExecuteSqlAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        Key.Dispose();
        await Database.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
