using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Certificates;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Audit;

/// <summary>Gives waiting access records their places in the hash chain and signs its new end. Works for no viewer: it sees identifiers only.</summary>
internal sealed class SealAccessRecords(IDbContextFactory<PortalDbContext> databases, KeyFolder keys, TimeProvider clock) : IDisposable
{
    private const int Batch = 500;
    private readonly ECDsa recorderKey = keys.SigningKey("recorder");

    /// <summary>The hash before the first record.</summary>
    public static byte[] Origin { get; } = new byte[32];

    /// <summary>Seals one batch and says how many records it held.</summary>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Set<AccessRecord>()
            .Where(record => record.Sequence == null)
            .OrderBy(record => record.At)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        if (waiting.Count is 0)
        {
            return 0;
        }

        var last = await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(seal => seal.Sequence).FirstOrDefaultAsync(cancellationToken);
        var sequence = last?.Sequence ?? 0;
        var hash = last?.Hash ?? Origin;
        foreach (var record in waiting)
        {
            record.Chain(++sequence, hash);
            hash = record.Hash!;
        }

        var now = clock.Now();
        db.Add(AuditSeal.Of(sequence, now, hash, recorderKey.SignData(SignedBytes(sequence, now, hash), HashAlgorithmName.SHA256)));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsUniqueViolation())
        {
            // Another node sealed these records or took these places; its batch stands and this one is tried again.
            return 0;
        }

        return waiting.Count;
    }

    public void Dispose() => recorderKey.Dispose();

    internal static byte[] SignedBytes(long sequence, DateTimeOffset at, byte[] hash)
    {
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(numbers, sequence);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], at.ToUnixTimeMilliseconds());
        return [.. "MYP-ACCESS-SEAL/1"u8, .. numbers, .. hash];
    }
}

/// <summary>Seals once a second. What waits is at most a second of records; they are found missing only by comparing with the other party's record.</summary>
internal sealed class AuditSealWorker(SealAccessRecords seal, TimeProvider clock, ILogger<AuditSealWorker> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(1), clock, logger)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await seal.ExecuteAsync(cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
