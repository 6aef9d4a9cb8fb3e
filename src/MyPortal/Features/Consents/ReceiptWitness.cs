using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents;

/// <summary>Knows whether receipts were signed. Earlier versions made their key at the first one, so that it may be missing without harm.</summary>
internal sealed class ReceiptWitness(string file) : IKeyWitness
{
    public string File => file;

    public async Task<KeyTestimony> AskAsync(PortalDbContext db, bool hasKey, CancellationToken cancellationToken) =>
        await db.Set<Consent>().AnyAsync(consent => consent.SealedOutcome != null, cancellationToken) ? KeyTestimony.Used : KeyTestimony.Unused;
}
