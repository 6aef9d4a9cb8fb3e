using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Identity;

/// <summary>A session as its owner sees it.</summary>
internal sealed record SignedInDevice(SessionId Id, string Device, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool IsThisOne, SessionEnd? EndReason, bool IsLive);

/// <summary>A session that has just begun.</summary>
/// <param name="Token">For the cookie; kept nowhere.</param>
/// <param name="HasEndedAnother">Whether it was one too many, so that the one unused longest ended.</param>
internal sealed record BegunSession(string Token, bool HasEndedAnother);

/// <summary>Something that lives only as long as a session and is told when it ends before its time.</summary>
internal interface ISessionEndListener
{
    /// <summary>Forgets what belongs to the session. Must not throw; told after the commit, and maybe more than once.</summary>
    void SessionEnded(SessionId session);
}

/// <summary>Begins, finds and ends sessions; nothing else ends one.</summary>
internal sealed class Sessions(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, IEnumerable<ISessionEndListener> listeners, RandomSource random, TimeProvider clock)
{
    public const string CookieName = "session";

    // Writing at every request would make each page a write; the idle limit needs no finer clock than this.
    private static readonly TimeSpan SeenGrain = TimeSpan.FromMinutes(1);

    /// <summary>Adds a session to the caller's unit of work. Should happen in a transaction, so that logins of one person come one after the other.</summary>
    public async Task<BegunSession> BeginAsync(PortalDbContext db, CitizenId citizen, SessionBasis basis, CancellationToken cancellationToken)
    {
        // Of logins at the same moment each would find the last place free: they wait for each other here.
        await db.Set<Citizen>().Where(found => found.Id == citizen).ExecuteUpdateAsync(set => set.SetProperty(found => found.EnrolledAt, found => found.EnrolledAt), cancellationToken);
        var now = clock.Now();
        await db.Set<Session>()
            .Where(session => session.CitizenId == citizen && session.SupersededAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.SupersededAt, now), cancellationToken);
        var previous = await db.Set<Session>()
            .Where(session => session.CitizenId == citizen)
            .OrderByDescending(session => session.StartedAt)
            .Select(session => (DateTimeOffset?)session.StartedAt)
            .FirstOrDefaultAsync(cancellationToken);
        var token = random.Token();

        // After a clock was set back the previous session began later than now; what comes from now on is new all the same.
        var newSince = previous is { } began && began < now ? began : previous is null ? DateTimeOffset.UnixEpoch : now;
        db.Add(Session.Begin(SessionId.New(now), HashOf(token), citizen, basis, now, newSince));
        return new BegunSession(token, await MakeRoomAsync(db, citizen, basis.Replaces, now, cancellationToken));
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

    /// <summary>
    /// Ends a session in the caller's unit of work because another person's card was used in it. Not called on behalf of a citizen: it is the portal
    /// that is alarmed.
    /// </summary>
    public async Task EndInAlarmAsync(PortalDbContext db, SessionId id, CancellationToken cancellationToken)
    {
        var session = await db.Set<Session>().SingleOrDefaultAsync(found => found.Id == id && found.EndedAt == null, cancellationToken);
        if (session is not null)
        {
            End(db, session, SessionEnd.OtherPersonsCard, Actor.System, "card.other-person");
        }
    }

    /// <summary>
    /// Ends sessions that were used at an instant still to come: they are over, and stay so when the clock has caught up. Not called on
    /// behalf of a citizen: they are everybody's.
    /// </summary>
    public async Task EndFromFutureAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var latest = Session.IdleLimit.LatestBegin(now);
        for (var isLast = false; !isLast;)
        {
            var ending = await db.Set<Session>()
                .Where(session => session.LastSeenAt > latest && session.EndedAt == null)
                .OrderBy(session => session.LastSeenAt)
                .Take(Batches.Size)
                .ToListAsync(cancellationToken);
            ending.ForEach(session => End(db, session, SessionEnd.ClockSetBack, Actor.System, "session.clock-set-back"));
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            isLast = ending.Count < Batches.Size;
        }
    }

    public async Task<Viewer?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var hash = HashOf(token);
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(found => found.TokenHash == hash, cancellationToken);
        var now = clock.Now();
        if (session is null)
        {
            return null;
        }

        if (!session.IsLiveAt(now))
        {
            // Its time ran out, or another process ended it: nobody else tells those in this one.
            Tell(session.Id);
            return null;
        }

        if (now - session.LastSeenAt >= SeenGrain)
        {
            await db.Set<Session>()
                .Where(found => found.Id == session.Id && found.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(found => found.LastSeenAt, now), cancellationToken);
        }

        return new Viewer(session.CitizenId, session.Id, session.Level, session.NewSince) { Evidence = session.Evidence, LastCardAt = session.LastCardAt };
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

        End(db, session, reason, Actor.Citizen(viewer.Citizen));
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Ends every session of the viewer but this one.</summary>
    public async Task EndOthersAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var others = await NotOver(db, viewer.Citizen, clock.Now()).Where(session => session.Id != viewer.Session).ToListAsync(cancellationToken);
        others.ForEach(session => End(db, session, SessionEnd.EndedFromAccount, Actor.Citizen(viewer.Citizen)));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Every live session of the viewer and the latest <paramref name="over"/> others, newest first.</summary>
    public async Task<IReadOnlyList<SignedInDevice>> ListAllAsync(Viewer viewer, int over, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var live = await NotOver(db, viewer.Citizen, now).AsNoTracking().ToListAsync(cancellationToken);
        var latest = await db.Set<Session>().AsNoTracking()
            .Where(session => session.CitizenId == viewer.Citizen)
            .OrderByDescending(session => session.StartedAt)
            .Take(Session.MostLive + over)
            .ToListAsync(cancellationToken);
        var devices = live.Concat(latest).DistinctBy(session => session.Id).OrderByDescending(session => session.StartedAt).Select(session => Of(session, viewer, now)).ToList();
        return [.. devices.Where(device => device.IsLive), .. devices.Where(device => !device.IsLive).Take(over)];
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
        return [.. sessions.Select(session => Of(session, viewer, now))];
    }

    // Ends as many as are too many, those unused longest first.
    private async Task<bool> MakeRoomAsync(PortalDbContext db, CitizenId citizen, SessionId? replaced, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var live = await NotOver(db, citizen, now).Where(session => session.Id != replaced).OrderBy(session => session.LastSeenAt).ThenBy(session => session.StartedAt).ToListAsync(cancellationToken);
        var ending = live.Take(live.Count - Session.MostLive + 1).ToList();
        ending.ForEach(session => End(db, session, SessionEnd.TooMany, Actor.Citizen(citizen), "session.too-many"));
        return ending.Count > 0;
    }

    // The one way a session ends. Until the commit it lives and may still ask holders; whoever was told earlier would miss what came then.
    private void End(PortalDbContext db, Session session, SessionEnd reason, Actor by, string outcome = AuditTrail.Ok)
    {
        session.End(clock.Now(), reason);
        audit.Add(db, reason is SessionEnd.LoggedOut ? AccessEvent.LoggedOut : AccessEvent.SessionEnded, by, session.CitizenId, session.Id.Value, outcome);
        db.AfterCommit(() => Tell(session.Id));
    }

    private void Tell(SessionId ended)
    {
        foreach (var listener in listeners)
        {
            listener.SessionEnded(ended);
        }
    }

    // Live, or so to speak: one that was used at an instant still to come is refused, and must not come to life again.
    private static IQueryable<Session> NotOver(PortalDbContext db, CitizenId citizen, DateTimeOffset now)
    {
        var (seenAfter, startedAfter) = (now - Session.IdleLimit, now - Session.AbsoluteLimit);
        return db.Set<Session>().Where(session => session.CitizenId == citizen && session.EndedAt == null && session.LastSeenAt > seenAfter && session.StartedAt > startedAfter);
    }

    private static SignedInDevice Of(Session session, Viewer viewer, DateTimeOffset now) => new(
        session.Id, session.Device, session.StartedAt, session.LastSeenAt, session.Id == viewer.Session, session.EndReason, session.IsLiveAt(now));

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
