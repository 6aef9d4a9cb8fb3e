using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents;

/// <summary>Mints recipient codes inside the unit of work of a decision.</summary>
internal sealed class RecipientCodes(PortalSeal seal, RandomSource random, TimeProvider clock)
{
    /// <summary>
    /// The code of a citizen for a service: a new one, or, when an older consent still stands, the known one under the new consent.
    /// </summary>
    /// <param name="db">The caller's unit of work.</param>
    /// <param name="key">The citizen's data key.</param>
    /// <param name="citizen">Whose code.</param>
    /// <param name="consent">For whom and by which consent.</param>
    /// <param name="endsAt">End of the consent; null under a law.</param>
    /// <param name="law">The law that stands in the place of a consent.</param>
    /// <param name="isToldOpened">Whether the person agreed that the sender learns of openings.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> GrantAsync(PortalDbContext db, SealingKey key, CitizenId citizen, ConsentPlace consent, DateTimeOffset? endsAt, string? law, bool isToldOpened, CancellationToken cancellationToken)
    {
        var place = ConsentSeals.CodePlace(citizen, consent.Sender, consent.Service);
        var known = await db.Set<RecipientCode>().SingleOrDefaultAsync(found => found.CitizenId == citizen && found.ServiceId == consent.Service, cancellationToken);
        if (known is not null && (known.EndsAt is null || known.EndsAt > clock.Now()))
        {
            known.ContinueUnder(consent.Id, endsAt);
            known.Choose(known.IsReceived, known.IsAnnounced, isToldOpened);
            return Encoding.UTF8.GetString(key.Open(known.SealedCode, place));
        }

        if (known is not null)
        {
            // The old consent ran out: its code is not used again.
            await db.Set<RecipientCode>().Where(found => found.Hash == known.Hash).ExecuteDeleteAsync(cancellationToken);
            db.Entry(known).State = EntityState.Detached;
        }

        var bytes = random.Bytes(RecipientCode.CodeBytes);
        var code = Crockford.Write(bytes);
        var sealedCode = key.Seal(Encoding.UTF8.GetBytes(code), place);
        var hash = HashOf(consent.Sender, bytes);
        var granted = law is null
            ? RecipientCode.Grant(hash, citizen, consent, sealedCode, clock.Now(), endsAt ?? throw new ArgumentNullException(nameof(endsAt)))
            : RecipientCode.GrantUnderLaw(hash, citizen, consent, law, sealedCode, clock.Now());
        granted.Choose(isReceived: true, isAnnounced: true, isToldOpened);
        db.Add(granted);
        return code;
    }

    public byte[] HashOf(SenderId sender, byte[] code) => seal.KeyedHash("recipient-code", [.. sender.Value.ToByteArray(bigEndian: true), .. code]);
}
