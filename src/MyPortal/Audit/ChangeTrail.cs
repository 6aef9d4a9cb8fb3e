using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MyPortal.Contracts;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Audit;

/// <summary>One fact that changed.</summary>
/// <param name="Name">A stable key which screens translate.</param>
/// <param name="Before">What it was; null when it was not there.</param>
/// <param name="After">What it is; null when it is gone.</param>
public sealed record ChangedField(string Name, string? Before = null, string? After = null)
{
    /// <summary>Whether the act made a difference to it.</summary>
    public bool IsChanged => !string.Equals(Before, After, StringComparison.Ordinal);
}

/// <summary>What an act of an operator changed, and why.</summary>
internal sealed record Change(IReadOnlyList<ChangedField> Fields, string? Reason = null);

/// <summary>
/// Before, after and reason of one access record. Sealed, because the words are written by people; the record in the chain carries
/// the hash of these bytes, so that the words are as tamper-evident as the record itself.
/// </summary>
internal sealed class ChangeRecord
{
    private ChangeRecord()
    {
    }

    /// <summary>The access record it explains.</summary>
    public Guid RecordId { get; private set; }

    public byte[] SealedChange { get; private set; } = [];

    public static ChangeRecord Of(Guid record, byte[] sealedChange) => new() { RecordId = record, SealedChange = sealedChange };
}

internal sealed class ChangeRecordConfiguration : IEntityTypeConfiguration<ChangeRecord>
{
    public void Configure(EntityTypeBuilder<ChangeRecord> builder)
    {
        builder.ToTable("ChangeRecords");
        builder.HasKey(change => change.RecordId);
        builder.HasOne<AccessRecord>().WithOne().HasForeignKey<ChangeRecord>(change => change.RecordId);
    }
}

/// <summary>Adds an access record with before, after and reason to the caller's unit of work.</summary>
internal sealed class ChangeTrail(PortalSeal seal, TimeProvider clock)
{
    private const string OutcomePrefix = AuditTrail.Ok + ":";

    public void Add(PortalDbContext db, AccessEvent what, Actor actor, Guid objectId, Change change)
    {
        var fields = new Change([.. change.Fields.Where(field => field.IsChanged)], change.Reason);
        var bytes = seal.Seal(JsonSerializer.SerializeToUtf8Bytes(fields, ContractJson.Options), PlaceOf(actor.Id, objectId));
        var record = AccessRecord.Of(clock.Now(), what, actor.Kind, actor.Id, subject: null, objectId, OutcomeOf(bytes));
        db.Add(record);
        db.Add(ChangeRecord.Of(record.Id, bytes));
    }

    /// <summary>The change, or null when the stored bytes are not those whose hash stands in the record.</summary>
    public Change? TryOpen(AccessRecord record, ChangeRecord change)
    {
        if (!IsOf(record, change))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Change>(seal.Open(change.SealedChange, PlaceOf(record.ActorId, record.ObjectId)), ContractJson.Options);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a record must have a change beside it.</summary>
    public static bool IsExpectedFor(AccessRecord record) => record.Outcome.Length == OutcomePrefix.Length + (2 * SHA256.HashSizeInBytes) && record.Outcome.StartsWith(OutcomePrefix, StringComparison.Ordinal);

    /// <summary>Whether the stored bytes are those whose hash stands in the record.</summary>
    public static bool IsOf(AccessRecord record, ChangeRecord change) => string.Equals(record.Outcome, OutcomeOf(change.SealedChange), StringComparison.Ordinal);

    private static string OutcomeOf(byte[] sealedChange) => OutcomePrefix + Convert.ToHexStringLower(SHA256.HashData(sealedChange));

    private static AssociatedData PlaceOf(Guid? actor, Guid? objectId) => new("ChangeRecords", "Change", actor?.ToString("D") ?? "", objectId?.ToString("D") ?? "");
}
