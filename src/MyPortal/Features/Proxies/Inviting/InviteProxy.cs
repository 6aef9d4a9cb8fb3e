using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Proxies.Inviting;

/// <summary>A written mandate and the code for its proxy. The code is shown once and kept nowhere.</summary>
internal sealed record WrittenMandate(MandateId Id, string Code, DateTimeOffset Until)
{
    /// <summary>Whether the code still waits for the proxy; false only for a form that is sent again much later.</summary>
    public bool IsOpen { get; init; } = true;
}

/// <summary>
/// Writes a mandate for the viewer and makes its invitation. Nobody sees anything yet: two signatures follow. A form that is sent
/// again, by a second press or a reload, finds the mandate it wrote.
/// </summary>
internal sealed class InviteProxy(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, InvitationCodes codes, SenderChoices choices, AuditTrail audit, TimeProvider clock)
{
    public const int LastStep = 4;

    public async Task<Result<WrittenMandate>> ExecuteAsync(Viewer viewer, MandateDraft draft, CancellationToken cancellationToken)
    {
        var known = await choices.OfAsync(viewer, cancellationToken);
        var now = clock.Now();
        var ids = known.Select(card => card.Id).ToList();
        if (Enumerable.Range(1, LastStep).Any(step => draft.ProblemsAt(step, DayInJapan(now), ids).Count > 0))
        {
            return MandateErrors.Invalid;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (code, hash) = draft.FormKey is null ? codes.Make() : codes.MakeOf(viewer.Citizen, draft.Canonical());
        if (await FindAsync(db, viewer, code, hash, cancellationToken) is { } written)
        {
            return written;
        }

        var id = MandateId.New(now);
        var names = known.Where(card => draft.Senders.Contains(card.Id)).Select(card => card.Name).ToList();
        var lastDay = draft.LastDay!.Value;
        var terms = new MandateTerms(draft.PrincipalName, draft.ProxyName, MandateText.Write(id, draft.PrincipalName, draft.ProxyName, names, draft.Topics, lastDay));
        using var key = await keys.OpenAsync(db, viewer.Citizen, cancellationToken);
        var mandate = Mandate.Invite(id, viewer.Citizen, hash, now, EndOf(lastDay), terms.SealWith(key, id, viewer.Citizen));
        db.Add(mandate);
        db.AddRange(draft.Senders.Select(sender => MandateSender.Of(id, sender)));
        db.AddRange(draft.Topics.Select(topic => MandateTopic.Of(id, topic)));
        audit.Add(db, AccessEvent.MandateInvited, Actor.Citizen(viewer.Citizen), viewer.Citizen, id.Value);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new WrittenMandate(id, code, mandate.InvitedUntil);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // The same form, at the same moment.
            db.ChangeTracker.Clear();
            return await FindAsync(db, viewer, code, hash, cancellationToken) is { } same ? same : MandateErrors.Invalid;
        }
    }

    private static async Task<WrittenMandate?> FindAsync(PortalDbContext db, Viewer viewer, string code, byte[] hash, CancellationToken cancellationToken)
    {
        var mandate = await db.Set<Mandate>().AsNoTracking().SingleOrDefaultAsync(found => found.InvitationHash == hash && found.Principal == viewer.Citizen, cancellationToken);
        return mandate is null ? null : new WrittenMandate(mandate.Id, code, mandate.InvitedUntil) { IsOpen = mandate.State is MandateState.Invited };
    }

    /// <summary>A key for an empty form.</summary>
    public string NewFormKey() => codes.NewFormKey();

    public static DateOnly DayInJapan(DateTimeOffset instant) => DateOnly.FromDateTime(instant.InJapan().DateTime);

    // The last day counts whole, in Japan.
    private static DateTimeOffset EndOf(DateOnly lastDay) => new DateTimeOffset(lastDay.AddDays(1).ToDateTime(TimeOnly.MinValue), JapanTime.JapanOffset).ToUniversalTime();
}

/// <summary>Invitation codes: 128 random bits that the principal hands over; only their keyed hash is kept.</summary>
internal sealed class InvitationCodes(PortalSeal seal, RandomSource random)
{
    /// <summary>256 random bits for a form.</summary>
    public string NewFormKey() => random.Token();

    /// <summary>A new code as people read it, and its hash.</summary>
    public (string Code, byte[] Hash) Make()
    {
        var bytes = random.Bytes(Mandate.CodeBytes);
        return (Readable(bytes), HashOf(bytes));
    }

    /// <summary>
    /// The code of a form, always the same for the same person and words. It can be made from the form alone, which is kept nowhere:
    /// its key has 256 random bits.
    /// </summary>
    public (string Code, byte[] Hash) MakeOf(CitizenId principal, string form)
    {
        var bytes = seal.KeyedHash("mandate-invitation-form", Encoding.UTF8.GetBytes($"{principal}\n{form}"))[..Mandate.CodeBytes];
        return (Readable(bytes), HashOf(bytes));
    }

    /// <summary>Null when the text is no code.</summary>
    public byte[]? HashOf(string? code) => Crockford.TryRead(code, Mandate.CodeBytes, out var bytes) ? HashOf(bytes) : null;

    private static string Readable(byte[] code) => string.Join('-', Crockford.Write(code).Chunk(4).Select(group => new string(group)));

    private byte[] HashOf(byte[] code) => seal.KeyedHash("mandate-invitation", code);
}

/// <summary>The senders a principal can choose from: those who may write to the principal.</summary>
internal sealed class SenderChoices(IDbContextFactory<PortalDbContext> databases, IKnownSenders known, ISenderDirectory senders)
{
    public async Task<IReadOnlyList<SenderCard>> OfAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        var ids = await known.OfAsync(viewer, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var cards = await senders.FindAsync(db, ids, cancellationToken);
        return [.. cards.Values.OrderByDescending(card => card.IsPublic).ThenBy(card => card.Name, StringComparer.Ordinal)];
    }
}
