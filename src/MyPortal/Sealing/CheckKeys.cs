using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Certificates;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Sealing;

/// <summary>Section <c>Keys</c>.</summary>
internal sealed record KeyOptions
{
    public const string Section = "Keys";

    /// <summary><c>message</c>: the message key was replaced on purpose. The one in the folder counts from now on; where there is none, it is made.</summary>
    public string? Renew { get; init; }
}

/// <summary>
/// Sees that the keys in the folder are those of the database, before anybody is served: a key made beside a filled database, or
/// another database's, would answer every code and card with "unknown". Not called on behalf of a citizen: it is part of a start.
/// </summary>
internal sealed class CheckKeys(IDbContextFactory<PortalDbContext> databases, PortalKeys keys, IEnumerable<IKeyWitness> witnesses, DataOptions data, KeyOptions options)
{
    private const string Renewable = "message.p8";

    /// <summary>Checks every key; makes keys for an empty database only.</summary>
    /// <param name="place">Where the database is, for the sentence.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="StartRefusedException">A key is missing, of another database, or open to others.</exception>
    public async Task ExecuteAsync(string place, CancellationToken cancellationToken)
    {
        if (options.Renew is { Length: > 0 } and not "message")
        {
            throw new StartRefusedException($"Keys:Renew is '{options.Renew}'; only the key 'message' can be made anew, docs/operations.md says what to do about the others.");
        }

        if (keys.ExposedOrNull() is { } exposed)
        {
            throw new StartRefusedException(exposed);
        }

        if (await MissingAsync(cancellationToken))
        {
            // One at a time, because two that find the database empty would make and record two sets of keys.
            await using var turn = await StartLock.TakeAsync(databases, StartLock.Patience, cancellationToken);
            await RecordAsync(place, cancellationToken);
        }

        await CompareAsync(cancellationToken);
        keys.EndFirstStart();
    }

    /// <summary>The first key file that is not the one of the database; null when all are.</summary>
    public async Task<string?> FindForeignAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.Set<KeyCheck>().AsNoTracking().ToListAsync(cancellationToken);
        return known.FirstOrDefault(check => !Fits(check))?.File;
    }

    /// <summary>Refuses a database that is not there where keys show that there was one.</summary>
    /// <exception cref="StartRefusedException">Keys lie in the folder and no option says that this is meant.</exception>
    public void RefuseLostDatabase(string place)
    {
        if (keys.Used.Count > 0 && !data.CreateNew)
        {
            throw new StartRefusedException(
                $"The database '{place}' is missing or empty, but '{keys.Folder}' holds keys; put the database back or name the folder it is in with Data:Folder, and only to begin an empty database with these keys start once with Data:CreateNew=true.");
        }
    }

    private async Task<bool> MissingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.Set<KeyCheck>().AsNoTracking().Select(check => check.File).ToListAsync(cancellationToken);
        return PortalKeys.Files.Except(known, StringComparer.Ordinal).Any() || options.Renew is not null;
    }

    private async Task RecordAsync(string place, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.Set<KeyCheck>().ToDictionaryAsync(check => check.File, StringComparer.Ordinal, cancellationToken);
        if (known.Count is 0 && await DatabaseContents.IsEmptyAsync(db, cancellationToken))
        {
            BeginEmpty(place);
        }
        else
        {
            await TestifyAsync(db, known, cancellationToken);
        }

        foreach (var file in PortalKeys.Files)
        {
            if (!known.TryGetValue(file, out var check))
            {
                keys.Make(file);
                db.Add(KeyCheck.Of(file, CheckValueOf(file)));
            }
            else if (file is Renewable && options.Renew is not null)
            {
                keys.Make(file);
                check.Replace(CheckValueOf(file));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private void BeginEmpty(string place)
    {
        RefuseLostDatabase(place);
        if (keys.Used.Count is 0)
        {
            keys.BeginFirstStart();
        }
    }

    // A database from before there were check values. Its keys are believed once something that they made was opened with them.
    private async Task TestifyAsync(PortalDbContext db, Dictionary<string, KeyCheck> known, CancellationToken cancellationToken)
    {
        var byFile = witnesses.ToDictionary(witness => witness.File, StringComparer.Ordinal);
        foreach (var file in PortalKeys.Files.Where(file => !known.ContainsKey(file)))
        {
            var hasKey = keys.Has(file);
            var testimony = byFile.TryGetValue(file, out var witness) ? await witness.AskAsync(db, hasKey, cancellationToken) : KeyTestimony.Used;
            if (testimony is KeyTestimony.Foreign)
            {
                throw Foreign(file);
            }

            if (!hasKey && testimony is not KeyTestimony.Unused && !(file is Renewable && options.Renew is not null))
            {
                throw Missing(file);
            }
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var check in (await db.Set<KeyCheck>().AsNoTracking().ToListAsync(cancellationToken)).OrderBy(check => check.File, StringComparer.Ordinal))
        {
            if (!keys.Has(check.File))
            {
                throw Missing(check.File);
            }

            if (!Fits(check))
            {
                throw Foreign(check.File);
            }
        }
    }

    private bool Fits(KeyCheck check) => keys.Has(check.File) && CheckValueOf(check.File).AsSpan().SequenceEqual(check.Value);

    // What holds no key of its kind is no key of this database either.
    private byte[] CheckValueOf(string file)
    {
        try
        {
            return keys.CheckValueOf(file);
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidOperationException)
        {
            return [];
        }
    }

    private StartRefusedException Missing(string file) => new(
        $"The key file '{Path.Combine(keys.Folder, file)}' is missing, and the database needs it; put the key folder of this database back from its backup, or name the folder it is in with Data:Folder.");

    private StartRefusedException Foreign(string file) => new(
        $"The key file '{Path.Combine(keys.Folder, file)}' is not the one of this database; put the key folder of this database back from its backup, or name the right folder or database.");
}
