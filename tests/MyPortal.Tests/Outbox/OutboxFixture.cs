using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Certificates;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Sealing;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Outbox;

/// <summary>The outbox on a database of its own, with as many workers as a test wants and a receiver on this machine.</summary>
internal sealed class OutboxFixture : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-outbox-");
    private readonly TestDatabase database;
    private readonly List<WebhookSender> lines = [];
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OutboxFixture(TestDatabase database, TestReceiver receiver)
    {
        (this.database, Receiver) = (database, receiver);
        var keys = new KeyFolder(folder.FullName, RandomSource.System);
        keys.MakeSecret("key-encryption");
        keys.MakeSecret("pepper");
        keys.MakeSigningKey("message");
        Seal = new PortalSeal(keys, RandomSource.System);
        Key = new MessageKey(keys);
        Queue = new OutboxQueue(Seal, Clock);
        Letters = new DeadLetters(database, Clock);
    }

    public TestClock Clock { get; } = new();

    public TestReceiver Receiver { get; }

    public PortalSeal Seal { get; }

    public MessageKey Key { get; }

    public OutboxQueue Queue { get; }

    public DeadLetters Letters { get; }

    public TestKind Kind { get; } = new();

    public OutboxOptions Options { get; set; } = new() { AllowLocalAddresses = true };

    public MessageKeyEntry PublicKey => new("EC", "P-256", Key.X, Key.Y, Key.Id, "sig", "ES256");

    public static async Task<OutboxFixture> CreateAsync(Engine engine = Engine.Sqlite) => new(await TestDatabase.CreateAsync(engine), await TestReceiver.StartAsync());

    /// <summary>What a receiver that hangs waits for.</summary>
    public Task Released => released.Task;

    public void Release() => released.TrySetResult();

    public PortalDbContext OpenDatabase() => database.CreateDbContext();

    /// <summary>What a node of the portal has: its own look at the database and its own line.</summary>
    public DeliverOutbox Worker(IReadOnlyList<IOutboxMessageHandler>? kinds = null)
    {
        var line = new WebhookSender(Options, Key, Clock);
        lines.Add(line);
        var ends = new OutboxCompletion(database, kinds ?? [Kind], RandomSource.System, Clock, NullLogger<OutboxCompletion>.Instance);
        return new DeliverOutbox(Leases(), line, ends, Seal, NullLogger<DeliverOutbox>.Instance);
    }

    public OutboxLeases Leases() => new(database, Options, RandomSource.System, Clock);

    public OutboxOrder Order(string body = "{}", Guid? recipient = null, Uri? address = null) =>
        new(TestKind.KindName, recipient ?? Guid.Parse("018f0000-0000-7000-8000-000000000001"), address ?? Receiver.Address, Encoding.UTF8.GetBytes(body));

    public async Task<Guid> QueueAsync(string body = "{}", Guid? recipient = null, Uri? address = null)
    {
        await using var db = OpenDatabase();
        var id = Queue.Add(db, Order(body, recipient, address));
        await db.SaveChangesAsync();
        return id;
    }

    public async Task<OutboxMessage> ReadAsync(Guid id)
    {
        await using var db = OpenDatabase();
        return await db.Set<OutboxMessage>().AsNoTracking().SingleAsync(message => message.Id == id);
    }

    /// <summary>Moves the clock to the moment the message is due and lets a worker try.</summary>
    public async Task<OutboxMessage> TryWhenDueAsync(DeliverOutbox worker, Guid id)
    {
        Clock.Advance((await ReadAsync(id)).DueAt - Clock.GetUtcNow());
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(1);
        return await ReadAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        lines.ForEach(line => line.Dispose());
        Key.Dispose();
        Seal.Dispose();
        await Receiver.DisposeAsync();
        await database.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

/// <summary>A kind that keeps what it is told, in the transaction it is told it in: one access record per end.</summary>
internal sealed class TestKind : IOutboxMessageHandler
{
    public const string KindName = "test";

    public string Name => KindName;

    public bool Fails { get; set; }

    public Task AcknowledgedAsync(PortalDbContext db, EndedMessage message, CancellationToken cancellationToken) => KeepAsync(db, message, "acknowledged");

    public Task DeadAsync(PortalDbContext db, EndedMessage message, string outcome, CancellationToken cancellationToken) => KeepAsync(db, message, outcome);

    public static async Task<IReadOnlyList<string>> ToldAsync(PortalDbContext db) =>
        await db.Set<MyPortal.Audit.AccessRecord>().AsNoTracking().OrderBy(record => record.At).Select(record => record.Outcome).ToListAsync();

    private Task KeepAsync(PortalDbContext db, EndedMessage message, string outcome)
    {
        db.Add(MyPortal.Audit.AccessRecord.Of(message.CreatedAt, MyPortal.Audit.AccessEvent.SenderEventDead, MyPortal.Audit.ActorKind.System, null, null, message.Id, outcome));
        return Fails ? throw new InvalidOperationException("The kind fails after it has added its part.") : Task.CompletedTask;
    }
}
