using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Keys;

/// <summary>A key as operators see it.</summary>
internal sealed record ListedKey(
    Guid Id, KeyPurpose Purpose, string Fingerprint, string? AddedBy, DateTimeOffset RegisteredAt, DateTimeOffset? LastUsedAt, DateTimeOffset? EndsAt, DateTimeOffset? RevokedAt, bool IsValid);

/// <summary>The keys of a sender.</summary>
/// <param name="Name">What the sender is called.</param>
/// <param name="ClientId">Under which name it authenticates.</param>
/// <param name="TestCode">Whom its test keys reach; null as long as it has had none.</param>
/// <param name="Keys">Its keys, newest first.</param>
internal sealed record SenderKeys(string Name, string ClientId, string? TestCode, IReadOnlyList<ListedKey> Keys);

/// <summary>What to add: a kind, an end, and the public half unless the portal is to make a pair.</summary>
internal sealed record KeyOrder(KeyPurpose Purpose, DateTimeOffset? EndsAt, string? PublicKeyPem)
{
    /// <summary>Names the form, so that one that is sent twice adds one key; null where no form can be sent twice.</summary>
    public Guid? FormKey { get; init; }
}

/// <summary>Adds and revokes the keys of senders. Two of a kind are valid at once, so that a sender can change over without a pause.</summary>
internal sealed class SenderKeyRing(IDbContextFactory<PortalDbContext> databases, TestRecipients recipients, IOperatorNames names, ChangeTrail changes, TimeProvider clock)
{
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(2 * 366);

    /// <summary>Null when there is no such sender.</summary>
    public async Task<SenderKeys?> ReadAsync(ActingOperator by, SenderId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sender = await db.Set<Sender>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (sender is null)
        {
            return null;
        }

        var now = clock.Now();
        var keys = await db.Set<SenderKey>().AsNoTracking().Where(key => key.SenderId == id).ToListAsync(cancellationToken);
        var people = await names.FindAsync(by, [.. keys.Select(key => key.AddedBy).OfType<OperatorId>().Distinct()], cancellationToken);
        var listed = keys.OrderByDescending(key => key.RegisteredAt).Select(key => new ListedKey(
            key.Id, key.Purpose, FingerprintOf(key.PublicKey), key.AddedBy is { } who ? people.GetValueOrDefault(who) : null,
            key.RegisteredAt, key.LastUsedAt, key.EndsAt, key.RevokedAt, key.IsValidAt(now)));
        return new SenderKeys(sender.Name, sender.ClientId, await recipients.CodeOfAsync(db, id, cancellationToken), [.. listed]);
    }

    /// <summary>Whether a key may end then; a key without an end may stay.</summary>
    public bool IsEnd(DateTimeOffset? end)
    {
        var now = clock.Now();
        return end is not { } at || (at > now && at <= now + LongestLife);
    }

    /// <summary>Whether a text is the public half of a key that senders may use.</summary>
    public static bool IsPublicKey(string? pem) => PublicKeyIn(pem) is not null;

    /// <summary>Adds a key. The value is the private half in PEM where the portal made the pair, which it keeps nowhere, and empty otherwise.</summary>
    public async Task<Result<string>> AddAsync(ActingOperator by, SenderId id, KeyOrder order, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (!IsEnd(order.EndsAt))
        {
            return SenderConsoleErrors.KeyEndWrong;
        }

        using var made = order.PublicKeyPem is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
        if ((made?.ExportSubjectPublicKeyInfo() ?? PublicKeyIn(order.PublicKeyPem)) is not { } publicKey)
        {
            return SenderConsoleErrors.KeyUnreadable;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await RefusalAsync(db, id, order, publicKey, now, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var key = SenderKey.Register(id, publicKey, order.Purpose, now, order.EndsAt, by.Id, order.FormKey);
        db.Add(key);
        if (order.Purpose is KeyPurpose.Test)
        {
            await recipients.AddOnceAsync(db, id, cancellationToken);
        }

        changes.Add(db, AccessEvent.SenderKeyAdded, by.Actor, id.Value, new Change(
            [new("key", null, FingerprintOf(publicKey)), new("purpose", null, order.Purpose.ToString()), new("endsAt", null, order.EndsAt?.ToString("u", System.Globalization.CultureInfo.InvariantCulture))]));
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
        return made?.ExportPkcs8PrivateKeyPem() ?? "";
    }

    /// <summary>Ends a key with its next use; tokens it got die with it. False when there is no such valid key.</summary>
    public async Task<bool> RevokeAsync(ActingOperator by, SenderId id, Guid keyId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = await db.Set<SenderKey>().SingleOrDefaultAsync(found => found.Id == keyId && found.SenderId == id && found.RevokedAt == null, cancellationToken);
        if (key is null)
        {
            return false;
        }

        key.Revoke(clock.Now());
        changes.Add(db, AccessEvent.SenderKeyRevoked, by.Actor, id.Value, new Change([new("key", FingerprintOf(key.PublicKey), null), new("purpose", key.Purpose.ToString(), null)]));
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>The first 80 bits of the SHA-256 of a key, for comparing by eye.</summary>
    internal static string FingerprintOf(byte[] publicKey) => string.Join('-', Crockford.Write(SHA256.HashData(publicKey).AsSpan(0, 10)).Chunk(4).Select(group => new string(group)));

    private static async Task<Error?> RefusalAsync(PortalDbContext db, SenderId id, KeyOrder order, byte[] publicKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Writing to the row first makes two additions at once follow each other, so that both cannot be the second key.
        if (await db.Set<Sender>().Where(found => found.Id == id).ExecuteUpdateAsync(set => set.SetProperty(found => found.Name, found => found.Name), cancellationToken) is 0)
        {
            return SenderConsoleErrors.NotFound;
        }

        var sender = await db.Set<Sender>().AsNoTracking().SingleAsync(found => found.Id == id, cancellationToken);
        if (order.Purpose is KeyPurpose.Live && sender.State is not (SenderState.Live or SenderState.Suspended))
        {
            return SenderConsoleErrors.NotAdmitted;
        }

        var keys = await db.Set<SenderKey>().AsNoTracking().Where(key => key.SenderId == id).ToListAsync(cancellationToken);

        if (order.FormKey is { } form && keys.Exists(key => key.Id == form))
        {
            return SenderConsoleErrors.KeyAddedAlready;
        }

        // A key proves one kind: with the same key for test and live, which kind a call has would be chance.
        if (keys.Exists(key => key.PublicKey.AsSpan().SequenceEqual(publicKey)))
        {
            return SenderConsoleErrors.KeyTaken;
        }

        return keys.Count(key => key.Purpose == order.Purpose && key.IsValidAt(now)) >= SenderKey.MostAtOnce ? SenderConsoleErrors.TooManyKeys : null;
    }

    private static byte[]? PublicKeyIn(string? pem)
    {
        if (pem is not { Length: > 0 and < 4000 } || pem.Contains("PRIVATE", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var ec = ECDsa.Create();
            ec.ImportFromPem(pem);
            return string.Equals(ec.ExportParameters(includePrivateParameters: false).Curve.Oid.Value, ECCurve.NamedCurves.nistP256.Oid.Value, StringComparison.Ordinal)
                ? ec.ExportSubjectPublicKeyInfo() : null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return RsaKeyIn(pem);
        }
    }

    private static byte[]? RsaKeyIn(string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa.KeySize is >= 2048 and <= 4096 ? rsa.ExportSubjectPublicKeyInfo() : null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
