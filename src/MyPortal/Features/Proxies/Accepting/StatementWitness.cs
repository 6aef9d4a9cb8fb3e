using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Sealing;

namespace MyPortal.Features.Proxies.Accepting;

/// <summary>Knows whether statements were signed. Earlier versions made their key at the first mandate, so that it may be missing without harm.</summary>
internal sealed class StatementWitness : IKeyWitness
{
    public string File => "statement.p8";

    public async Task<KeyTestimony> AskAsync(PortalDbContext db, bool hasKey, CancellationToken cancellationToken) =>
        await db.Set<Mandate>().AnyAsync(mandate => mandate.SealedStatement != null, cancellationToken) ? KeyTestimony.Used : KeyTestimony.Unused;
}
