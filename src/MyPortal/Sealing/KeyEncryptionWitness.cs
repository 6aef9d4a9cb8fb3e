using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;

namespace MyPortal.Sealing;

/// <summary>Tries the key-encryption key on a wrapped data key.</summary>
internal sealed class KeyEncryptionWitness(CitizenKeys keys) : IKeyWitness
{
    public string File => "key-encryption.key";

    public async Task<KeyTestimony> AskAsync(PortalDbContext db, bool hasKey, CancellationToken cancellationToken)
    {
        if (!hasKey || await db.Set<DataKey>().AsNoTracking().OrderBy(key => key.Owner).FirstOrDefaultAsync(cancellationToken) is not { } wrapped)
        {
            return KeyTestimony.Used;
        }

        try
        {
            using var opened = await keys.OpenAsync(db, wrapped.Owner, cancellationToken);
            return KeyTestimony.Fits;
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidOperationException)
        {
            return KeyTestimony.Foreign;
        }
    }
}
