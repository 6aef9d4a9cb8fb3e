using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Certificates;
using MyPortal.Data;
using MyPortal.Sealing;

namespace MyPortal.Audit;

/// <summary>Tries the recorder key on the newest signature over the chain.</summary>
internal sealed class RecorderWitness(KeyFolder keys) : IKeyWitness
{
    public string File => "recorder.p8";

    public async Task<KeyTestimony> AskAsync(PortalDbContext db, bool hasKey, CancellationToken cancellationToken)
    {
        if (!hasKey || await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(seal => seal.Sequence).FirstOrDefaultAsync(cancellationToken) is not { } last)
        {
            return KeyTestimony.Used;
        }

        try
        {
            using var key = keys.SigningKey("recorder");
            return key.VerifyData(RecorderKey.SignedBytes(last.Sequence, last.At, last.Hash), last.Signature, HashAlgorithmName.SHA256) ? KeyTestimony.Fits : KeyTestimony.Foreign;
        }
        catch (CryptographicException)
        {
            return KeyTestimony.Foreign;
        }
    }
}
