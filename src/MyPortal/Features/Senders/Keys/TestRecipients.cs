using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Senders.Keys;

/// <summary>Makes and finds test recipients.</summary>
internal sealed class TestRecipients(IDbContextFactory<PortalDbContext> databases, CitizenKeys keys, PortalSeal seal, RandomSource random, TimeProvider clock) : ITestRecipients
{
    public async Task<(CitizenId Owner, SenderServiceId Service)?> FindAsync(SenderId sender, string code, CancellationToken cancellationToken)
    {
        if (!Crockford.TryRead(code, TestRecipient.CodeBytes, out var bytes))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var hash = HashOf(sender, bytes);
        var found = await db.Set<TestRecipient>().AsNoTracking().SingleOrDefaultAsync(recipient => recipient.SenderId == sender && recipient.CodeHash == hash, cancellationToken);
        return found is null ? null : (found.Owner, found.ServiceId);
    }

    /// <summary>The sender's test code; null as long as it has none.</summary>
    public async Task<string?> CodeOfAsync(PortalDbContext db, SenderId sender, CancellationToken cancellationToken)
    {
        var found = await db.Set<TestRecipient>().AsNoTracking().SingleOrDefaultAsync(recipient => recipient.SenderId == sender, cancellationToken);
        return found is null ? null : Encoding.UTF8.GetString(seal.Open(found.SealedCode, PlaceOf(sender)));
    }

    /// <summary>Adds a test recipient to the caller's unit of work, unless the sender has one.</summary>
    public async Task AddOnceAsync(PortalDbContext db, SenderId sender, CancellationToken cancellationToken)
    {
        if (await db.Set<TestRecipient>().AnyAsync(recipient => recipient.SenderId == sender, cancellationToken))
        {
            return;
        }

        var now = clock.Now();
        var owner = CitizenId.New(now);
        var code = random.Bytes(TestRecipient.CodeBytes);
        keys.Make(db, owner).Dispose();
        db.Add(TestRecipient.Of(sender, owner, SenderServiceId.New(now), HashOf(sender, code), seal.Seal(Encoding.UTF8.GetBytes(Crockford.Write(code)), PlaceOf(sender))));
    }

    private byte[] HashOf(SenderId sender, byte[] code) => seal.KeyedHash("test-recipient-code", [.. sender.Value.ToByteArray(bigEndian: true), .. code]);

    private static AssociatedData PlaceOf(SenderId sender) => new("TestRecipients", "Code", sender.ToString());
}
