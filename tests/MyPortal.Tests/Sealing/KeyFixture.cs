using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Certificates;
using MyPortal.Data;
using MyPortal.Features.Consents;
using MyPortal.Features.Proxies.Accepting;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Sealing;

/// <summary>A database and a key folder, and what a start does with the two.</summary>
internal sealed class KeyFixture(TestDatabase database, string folder)
{
    private readonly TestClock clock = new();

    public string Folder => folder;

    public const string PlaceOfDatabase = "the database of the test";

    public IReadOnlyList<string> Files => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];

    public KeyFolder Keys { get; } = new(folder, RandomSource.System);

    /// <summary>What a start does.</summary>
    public async Task CheckAsync(bool createNew = false, string? renew = null)
    {
        using var citizenKeys = new CitizenKeys(Keys, RandomSource.System);
        using var seal = new PortalSeal(Keys, RandomSource.System);
        IKeyWitness[] witnesses =
        [
            new KeyEncryptionWitness(citizenKeys), new PepperWitness(new HubLinks(database, citizenKeys, seal, new AuditTrail(clock))), new RecorderWitness(Keys),
            new ReceiptWitness("receipt.p8"), new ReceiptWitness("receipt.cer"), new StatementWitness(),
        ];
        await new CheckKeys(database, PortalKeys, witnesses, new DataOptions { CreateNew = createNew }, new KeyOptions { Renew = renew })
            .ExecuteAsync(PlaceOfDatabase, TestContext.Current.CancellationToken);
    }

    public PortalKeys PortalKeys => new(Keys, new ReceiptSigner(Keys, RandomSource.System, new PortalSite(DeploymentMode.Sandbox, new Uri("http://localhost:5080")), clock));

    public Task<string> RefusalAsync(bool createNew = false, string? renew = null) => RefusalOfAsync(CheckAsync(createNew, renew));

    /// <summary>Makes the database one of before there were check values.</summary>
    public async Task ForgetCheckValuesAsync()
    {
        await using var db = database.CreateDbContext();
        await db.Set<KeyCheck>().ExecuteDeleteAsync();
    }

    public async Task<IReadOnlyDictionary<string, byte[]>> CheckValuesAsync()
    {
        await using var db = database.CreateDbContext();
        return await db.Set<KeyCheck>().ToDictionaryAsync(check => check.File, check => check.Value, StringComparer.Ordinal);
    }

    public byte[] Read(string file) => File.ReadAllBytes(Path.Combine(folder, file));

    public void Remove(string file) => File.Delete(Path.Combine(folder, file));

    /// <summary>Puts another key of the same kind in place of one.</summary>
    public void Exchange(string file)
    {
        Remove(file);
        PortalKeys.Make(file);
    }

    private static async Task<string> RefusalOfAsync(Task start) => (await Should.ThrowAsync<StartRefusedException>(start)).Message;
}
