using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Identity;

/// <summary>What the person chose or must still note about the own account.</summary>
/// <param name="DisplayName">Null as long as none was chosen.</param>
/// <param name="LossCode">The loss code, as long as the person has not said that it is written down.</param>
internal sealed record Profile(string? DisplayName, string? LossCode);

/// <summary>
/// Reads and changes the own profile. Reading it leaves no access record: it is the name a person chose, shown in that person's own
/// page header.
/// </summary>
internal sealed class OwnProfile(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, AuditTrail audit)
{
    public const int LongestName = 40;

    public static readonly Error NameTooLong = new("account.name-too-long", ErrorKind.Invalid);

    /// <summary>It holds characters that nobody sees, or nothing else.</summary>
    public static readonly Error NameUnreadable = new("account.name-unreadable", ErrorKind.Invalid);

    public static AssociatedData NamePlace(CitizenId citizen) => new("Citizens", "DisplayName", citizen.ToString());

    public static AssociatedData LossCodePlace(CitizenId citizen) => new("Citizens", "LossCode", citizen.ToString());

    public static AssociatedData SubjectTagPlace(CitizenId citizen) => new("Citizens", "SubjectTag", citizen.ToString());

    public async Task<Profile> ReadAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var citizen = await db.Set<Citizen>().AsNoTracking().SingleAsync(found => found.Id == viewer.Owner, cancellationToken);
        if (citizen.SealedDisplayName is null && citizen.SealedLossCode is null)
        {
            return new Profile(null, null);
        }

        using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
        return new Profile(
            citizen.SealedDisplayName is { } name ? Encoding.UTF8.GetString(key.Open(name, NamePlace(viewer.Owner))) : null,
            citizen.SealedLossCode is { } code ? Encoding.UTF8.GetString(key.Open(code, LossCodePlace(viewer.Owner))) : null);
    }

    /// <summary>Stores the name as typed, without surrounding space; an empty one removes it.</summary>
    public async Task<Result<Profile>> ChooseNameAsync(Viewer viewer, string? name, CancellationToken cancellationToken)
    {
        var chosen = name?.Trim() ?? "";
        if (chosen.Length > 0 && !ReadableText.IsLine(chosen, LongestName))
        {
            return ReadableText.ViolationsInLine(chosen, LongestName).Contains(TextViolation.TooLong) ? NameTooLong : NameUnreadable;
        }

        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            var citizen = await db.Set<Citizen>().SingleAsync(found => found.Id == viewer.Owner, cancellationToken);
            using var key = await keys.OpenAsync(db, viewer.Owner, cancellationToken);
            citizen.ChooseDisplayName(chosen.Length is 0 ? null : key.Seal(Encoding.UTF8.GetBytes(chosen), NamePlace(viewer.Owner)));
            audit.Add(db, AccessEvent.AccountChanged, Actor.Citizen(viewer.Citizen), viewer.Owner);
            await db.SaveChangesAsync(cancellationToken);
        }

        return await ReadAsync(viewer, cancellationToken);
    }

    /// <summary>Forgets the readable loss code; only its keyed hash stays.</summary>
    public async Task KeepLossCodeAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var citizen = await db.Set<Citizen>().SingleAsync(found => found.Id == viewer.Owner, cancellationToken);
        citizen.LossCodeIsKept();
        audit.Add(db, AccessEvent.AccountChanged, Actor.Citizen(viewer.Citizen), viewer.Owner);
        await db.SaveChangesAsync(cancellationToken);
    }
}

/// <summary>The profile of the current viewer, read at most once per request however many parts of a page show it.</summary>
internal sealed class RequestProfile(OwnProfile profiles, CurrentViewer viewer)
{
    private Task<Profile>? read;

    public Task<Profile> ReadAsync(CancellationToken cancellationToken) => read ??= profiles.ReadAsync(viewer.Required, cancellationToken);
}
