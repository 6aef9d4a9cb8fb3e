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
internal sealed record WrittenMandate(MandateId Id, string Code, DateTimeOffset Until);

/// <summary>Writes a mandate for the viewer and makes its invitation. Nobody sees anything yet: two signatures follow.</summary>
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
        var id = MandateId.New(now);
        var (code, hash) = codes.Make();
        var names = known.Where(card => draft.Senders.Contains(card.Id)).Select(card => card.Name).ToList();
        var lastDay = draft.LastDay!.Value;
        var terms = new MandateTerms(draft.PrincipalName, draft.ProxyName, MandateText.Write(id, draft.PrincipalName, draft.ProxyName, names, draft.Topics, lastDay));
        using var key = await keys.OpenAsync(db, viewer.Citizen, cancellationToken);
        var mandate = Mandate.Invite(id, viewer.Citizen, hash, now, EndOf(lastDay), terms.SealWith(key, id, viewer.Citizen));
        db.Add(mandate);
        db.AddRange(draft.Senders.Select(sender => MandateSender.Of(id, sender)));
        db.AddRange(draft.Topics.Select(topic => MandateTopic.Of(id, topic)));
        audit.Add(db, AccessEvent.MandateInvited, Actor.Citizen(viewer.Citizen), viewer.Citizen, id.Value);
        await db.SaveChangesAsync(cancellationToken);
        return new WrittenMandate(id, code, mandate.InvitedUntil);
    }

    public static DateOnly DayInJapan(DateTimeOffset instant) => DateOnly.FromDateTime(instant.InJapan().DateTime);

    // The last day counts whole, in Japan.
    private static DateTimeOffset EndOf(DateOnly lastDay) => new DateTimeOffset(lastDay.AddDays(1).ToDateTime(TimeOnly.MinValue), Instants.JapanOffset).ToUniversalTime();
}

/// <summary>Invitation codes: 128 random bits that the principal hands over; only their keyed hash is kept.</summary>
internal sealed class InvitationCodes(PortalSeal seal, RandomSource random)
{
    /// <summary>A new code as people read it, and its hash.</summary>
    public (string Code, byte[] Hash) Make()
    {
        var bytes = random.Bytes(Mandate.CodeBytes);
        return (string.Join('-', Crockford.Write(bytes).Chunk(4).Select(group => new string(group))), HashOf(bytes));
    }

    /// <summary>Null when the text is no code.</summary>
    public byte[]? HashOf(string? code) => Crockford.TryRead(code, Mandate.CodeBytes, out var bytes) ? HashOf(bytes) : null;

    private byte[] HashOf(byte[] code) => seal.KeyedHash("mandate-invitation", code);
}

/// <summary>The senders a principal can choose from: those who may write to the principal.</summary>
internal sealed class SenderChoices(IKnownSenders known, ISenderDirectory senders)
{
    public async Task<IReadOnlyList<SenderCard>> OfAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        var cards = await senders.FindAsync(await known.OfAsync(viewer, cancellationToken), cancellationToken);
        return [.. cards.Values.OrderByDescending(card => card.IsPublic).ThenBy(card => card.Name, StringComparer.Ordinal)];
    }
}
