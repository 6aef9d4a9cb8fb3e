using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Identity;

/// <summary>A session as its owner sees it.</summary>
internal sealed record SignedInDevice(SessionId Id, string Device, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool IsThisOne, SessionEnd? EndReason, bool IsLive);

/// <summary>Begins, finds and ends sessions.</summary>
internal sealed class Sessions(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, RandomSource random, TimeProvider clock)
{
    public const string CookieName = "session";

    // Writing at every request would make each page a write; the idle limit needs no finer clock than this.
    private static readonly TimeSpan SeenGrain = TimeSpan.FromMinutes(1);

    /// <summary>Adds a session to the caller's unit of work and returns the token for the cookie, which is kept nowhere.</summary>
    public async Task<string> BeginAsync(PortalDbContext db, CitizenId citizen, SessionBasis basis, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var previous = await db.Set<Session>()
            .Where(session => session.CitizenId == citizen)
            .OrderByDescending(session => session.StartedAt)
            .Select(session => (DateTimeOffset?)session.StartedAt)
            .FirstOrDefaultAsync(cancellationToken);
        var token = random.Token();
        var session = Session.Begin(SessionId.New(now), HashOf(token), citizen, basis, now, previous ?? DateTimeOffset.UnixEpoch);
        db.Add(session);
        return token;
    }

    /// <summary>Confirms a session with a card in the caller's unit of work and returns its new token; null when the session is over.</summary>
    public async Task<string?> ConfirmAsync(PortalDbContext db, SessionId id, AssuranceLevel level, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var session = await db.Set<Session>().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (session is null || !session.IsLiveAt(now))
        {
            return null;
        }

        var token = random.Token();
        session.Confirm(HashOf(token), level, now);
        return token;
    }

    /// <summary>Ends a session because another person's card was used in it. Works for no viewer: it is the portal that is alarmed.</summary>
    public async Task EndInAlarmAsync(PortalDbContext db, SessionId id, CancellationToken cancellationToken)
    {
        var session = await db.Set<Session>().SingleOrDefaultAsync(found => found.Id == id && found.EndedAt == null, cancellationToken);
        if (session is not null)
        {
            session.End(clock.Now(), SessionEnd.OtherPersonsCard);
            audit.Add(db, AccessEvent.SessionEnded, Actor.System, session.CitizenId, id.Value, "card.other-person");
        }
    }

    public async Task<Viewer?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var hash = HashOf(token);
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(found => found.TokenHash == hash, cancellationToken);
        var now = clock.Now();
        if (session is null || !session.IsLiveAt(now))
        {
            return null;
        }

        if (now - session.LastSeenAt >= SeenGrain)
        {
            await db.Set<Session>()
                .Where(found => found.Id == session.Id && found.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(found => found.LastSeenAt, now), cancellationToken);
        }

        return new Viewer(session.CitizenId, session.Id, session.Level, session.NewSince) { LastCardAt = session.LastCardAt };
    }

    /// <summary>Ends a session of the viewer; false when it is not the viewer's or over already.</summary>
    public async Task<bool> EndAsync(Viewer viewer, SessionId id, SessionEnd reason, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var session = await db.Set<Session>().SingleOrDefaultAsync(found => found.Id == id && found.CitizenId == viewer.Citizen && found.EndedAt == null, cancellationToken);
        if (session is null)
        {
            return false;
        }

        session.End(clock.Now(), reason);
        audit.Add(db, reason is SessionEnd.LoggedOut ? AccessEvent.LoggedOut : AccessEvent.SessionEnded, Actor.Citizen(viewer.Citizen), viewer.Citizen, id.Value);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>The viewer's latest sessions, newest first.</summary>
    public async Task<IReadOnlyList<SignedInDevice>> ListAsync(Viewer viewer, int count, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var sessions = await db.Set<Session>().AsNoTracking()
            .Where(session => session.CitizenId == viewer.Citizen)
            .OrderByDescending(session => session.StartedAt)
            .Take(count)
            .ToListAsync(cancellationToken);
        return [.. sessions.Select(session => new SignedInDevice(
            session.Id, session.Device, session.StartedAt, session.LastSeenAt, session.Id == viewer.Session, session.EndReason, session.IsLiveAt(now)))];
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
