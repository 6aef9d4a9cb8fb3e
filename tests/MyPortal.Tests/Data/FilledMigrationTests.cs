using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Sealing;

namespace MyPortal.Tests.Data;

/// <summary>What was written by the first version is read by this one.</summary>
public sealed class FilledMigrationTests : IDisposable
{
    private static readonly Guid One = new("01900000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-filled-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_database_that_the_first_version_filled_keeps_every_row_through_all_migrations(Engine engine)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(engine);
        var fixture = new KeyFixture(database, Path.Combine(folder.FullName, "keys"));
        foreach (var file in KeysOfFirstVersion())
        {
            fixture.PortalKeys.Make(file);
        }

        await FillAsync(database, fixture);
        await DatabaseSchema.MigrateAsync(database, Token);

        await using var db = database.CreateDbContext();
        foreach (var table in OfFirstVersion(db).Where(table => !Dropped.Contains(table)))
        {
            var entity = db.Model.GetEntityTypes().Single(one => one.GetTableName() == table);
            (await CountAsync(db, entity)).ShouldBe(1, $"{table} has its row, and every column of it can be read");
        }

        using var keys = new CitizenKeys(fixture.Keys, RandomSource.System);
        var profile = await new OwnProfile(database, keys, new MyPortal.Audit.AuditTrail(new TestClock())).ReadAsync(new Viewer(new CitizenId(One), default, AssuranceLevel.CardWithPin, default), Token);
        profile.DisplayName.ShouldBe("はじめの名前");
        await fixture.CheckAsync();
        fixture.Files.ShouldBe([.. MyPortal.Certificates.PortalKeys.Files.Order(StringComparer.Ordinal)], "a start makes what the first version had no use for");
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Tables that a later version does not have any more.</summary>
    private static readonly string[] Dropped = [];

    /// <summary>The keys that the first version had.</summary>
    private static IEnumerable<string> KeysOfFirstVersion() => ["key-encryption.key", "pepper.key", "recorder.p8", "message.p8"];

    private static async Task FillAsync(TestDatabase database, KeyFixture fixture)
    {
        await using var db = database.CreateDbContext();
        await db.Database.MigrateAsync(db.Database.GetMigrations().First(), Token);
        using var citizenKeys = new CitizenKeys(fixture.Keys, RandomSource.System);
        using var key = citizenKeys.Make(db, new CitizenId(One));
        var wrapped = db.ChangeTracker.Entries<DataKey>().Single().Entity.Wrapped;
        db.ChangeTracker.Clear();
        var sealedName = key.Seal(Encoding.UTF8.GetBytes("はじめの名前"), OwnProfile.NamePlace(new CitizenId(One)));
        using var recorder = fixture.Keys.SigningKey("recorder");
        var signature = recorder.SignData(MyPortal.Audit.RecorderKey.SignedBytes(1, At, new byte[32]), System.Security.Cryptography.HashAlgorithmName.SHA256);
        var made = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["DataKeys.Wrapped"] = wrapped,
            ["Citizens.SealedDisplayName"] = sealedName,
            ["Citizens.SealedLossCode"] = key.Seal("code"u8, OwnProfile.LossCodePlace(new CitizenId(One))),
            ["AuditSeals.Hash"] = new byte[32],
            ["AuditSeals.Signature"] = signature,
        };
        foreach (var entity in InOrder(FirstModel(db)))
        {
            await InsertAsync(db, entity, made);
        }
    }

    private static IModel FirstModel(PortalDbContext db)
    {
        var migrations = db.GetService<IMigrationsAssembly>();
        return migrations.CreateMigration(migrations.Migrations.OrderBy(migration => migration.Key, StringComparer.Ordinal).First().Value, db.Database.ProviderName!).TargetModel;
    }

    private static List<string> OfFirstVersion(PortalDbContext db) => [.. FirstModel(db).GetEntityTypes().Select(entity => entity.GetTableName()!)];

    // Tables that others point to come first.
    private static List<IEntityType> InOrder(IModel model)
    {
        var left = model.GetEntityTypes().ToList();
        var ordered = new List<IEntityType>();
        while (left.Count > 0)
        {
            var next = left.First(entity => entity.GetForeignKeys().All(foreign => foreign.PrincipalEntityType == entity || ordered.Contains(foreign.PrincipalEntityType)));
            left.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static async Task InsertAsync(PortalDbContext db, IEntityType entity, Dictionary<string, byte[]> made)
    {
        var table = entity.GetTableName()!;
        var columns = entity.GetProperties().Where(property => !IsCounted(property)).ToList();
        var names = string.Join(", ", columns.Select(property => $"\"{property.GetColumnName()}\""));
        var places = string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{{{i}}}")));
        var values = columns.Select(property => made.TryGetValue($"{table}.{property.GetColumnName()}", out var bytes) ? bytes : ValueOf(db, table, property)).ToArray();
        var insert = $"INSERT INTO \"{table}\" ({names}) VALUES ({places})";
        await db.Database.ExecuteSqlRawAsync(insert, values!, Token);
    }

    private static bool IsCounted(IProperty property) => property.ValueGenerated is ValueGenerated.OnAdd && property.ClrType == typeof(long) && property.IsPrimaryKey() && property.DeclaringType.GetTableName() is "DataProtectionKeys";

    private static object ValueOf(PortalDbContext db, string table, IProperty property)
    {
        var today = db.Model.GetEntityTypes().SingleOrDefault(entity => entity.GetTableName() == table)?.GetProperties().SingleOrDefault(one => one.GetColumnName() == property.GetColumnName());
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var current = today is null ? type : Nullable.GetUnderlyingType(today.ClrType) ?? today.ClrType;
        return type switch
        {
            _ when type == typeof(Guid) => One,
            _ when type == typeof(DateTimeOffset) => At,
            _ when type == typeof(byte[]) => new byte[Math.Min(property.GetMaxLength() ?? 32, 32)],
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => 1,
            _ when type == typeof(long) => current == typeof(DateTimeOffset) ? At.ToUnixTimeMilliseconds() : 1L,
            _ when type == typeof(string) && current.IsEnum => Enum.GetNames(current)[0],
            _ when type == typeof(string) => "x",
            _ => throw new NotSupportedException($"{table}.{property.Name} is a {type.Name}."),
        };
    }

    private static async Task<int> CountAsync(PortalDbContext db, IEntityType entity) =>
        await (Task<int>)typeof(FilledMigrationTests).GetMethod(nameof(ReadAllAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;

    private static async Task<int> ReadAllAsync<T>(PortalDbContext db)
        where T : class => (await db.Set<T>().AsNoTracking().ToListAsync(Token)).Count;
}
