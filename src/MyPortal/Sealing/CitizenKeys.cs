using Microsoft.EntityFrameworkCore;
using MyPortal.Certificates;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Sealing;

/// <summary>Makes and opens the data keys of citizens. The caller disposes the key it was given, which wipes it.</summary>
internal sealed class CitizenKeys(KeyFolder keys, RandomSource random) : IDisposable
{
    // Read when it is first used: this is made before the keys of a first start are.
    private readonly Lazy<SealingKey> keyEncryptionKey = new(() => new SealingKey(keys.Secret("key-encryption"), DataKey.CurrentVersion, random));

    /// <summary>Adds a new data key to the context; it is kept with the caller's save.</summary>
    public SealingKey Make(PortalDbContext db, CitizenId owner)
    {
        var key = random.Bytes(32);
        db.Add(DataKey.For(owner, keyEncryptionKey.Value.Seal(key, PlaceOf(owner))));
        return new SealingKey(key, DataKey.CurrentVersion, random);
    }

    /// <summary>Unwraps the data key of a citizen.</summary>
    /// <exception cref="InvalidOperationException">The citizen has no data key, which no living account lacks.</exception>
    public async Task<SealingKey> OpenAsync(PortalDbContext db, CitizenId owner, CancellationToken cancellationToken)
    {
        var row = await db.Set<DataKey>().AsNoTracking().SingleAsync(key => key.Owner == owner, cancellationToken);
        return new SealingKey(keyEncryptionKey.Value.Open(row.Wrapped, PlaceOf(owner)), row.Version, random);
    }

    public void Dispose()
    {
        if (keyEncryptionKey.IsValueCreated)
        {
            keyEncryptionKey.Value.Dispose();
        }
    }

    private static AssociatedData PlaceOf(CitizenId owner) => new("DataKeys", "Wrapped", owner.ToString());
}
