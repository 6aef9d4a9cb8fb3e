using MyPortal.Data;
using MyPortal.Sealing;

namespace MyPortal.Identity;

/// <summary>Tries the pepper on the hash of a hub code, whose code lies sealed beside it.</summary>
internal sealed class PepperWitness(HubLinks links) : IKeyWitness
{
    public string File => "pepper.key";

    public async Task<KeyTestimony> AskAsync(PortalDbContext db, bool hasKey, CancellationToken cancellationToken) =>
        !hasKey ? KeyTestimony.Used : await links.FitsAsync(db, cancellationToken) switch
        {
            true => KeyTestimony.Fits,
            false => KeyTestimony.Foreign,
            null => KeyTestimony.Used,
        };
}
