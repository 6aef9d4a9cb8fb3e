using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Certificates;
using MyPortal.Kernel;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Audit;

/// <summary>Access records on a database of their own, with the recorder key in a folder of its own and nobody else at work.</summary>
internal sealed class AuditWorld : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-audit-");

    private AuditWorld(TestDatabase database)
    {
        Database = database;
        Trail = new AuditTrail(Clock);
        Keys.MakeSigningKey("recorder");
    }

    public TestDatabase Database { get; }

    public TestClock Clock { get; } = new();

    public AuditTrail Trail { get; }

    public KeyFolder Keys => new(folder.FullName, RandomSource.System);

    public static async Task<AuditWorld> CreateAsync(Engine engine = Engine.Sqlite) => new(await TestDatabase.CreateAsync(engine));

    public SealAccessRecords Sealer() => new(Database, Keys, Clock);

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

    /// <summary>Adds and seals several batches.</summary>
    public async Task SealBatchesAsync(params int[] batches)
    {
        using var sealer = Sealer();
        foreach (var batch in batches)
        {
            await RecordAsync(batch);
            (await sealer.ExecuteAsync(CancellationToken.None)).ShouldBe(batch);
        }
    }

    public Task<AuditVerdict> VerifyAsync() => new VerifyAccessRecords(Database, Keys).ExecuteAsync(CancellationToken.None);

    public async Task<int> ExecuteAsync(FormattableString sql)
    {
        await using var db = Database.CreateDbContext();
        return await db.Database.ExecuteSqlAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
