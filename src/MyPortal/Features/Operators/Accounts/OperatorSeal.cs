using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts;
using MyPortal.Data;
using MyPortal.Features.Operators.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Operators.Accounts;

/// <summary>Work name and reason of an appointment.</summary>
internal sealed record AppointmentContent(string Label, string Reason);

/// <summary>Seals what names operators, and names them.</summary>
internal sealed class OperatorSeal(IDbContextFactory<PortalDbContext> databases, PortalSeal seal) : IOperatorNames
{
    public byte[] SealLabel(OperatorId id, string label) => seal.Seal(Encoding.UTF8.GetBytes(label), LabelPlace(id));

    public string LabelOf(Operator person) => Encoding.UTF8.GetString(seal.Open(person.SealedLabel, LabelPlace(person.Id)));

    public byte[] SealContent(Guid appointment, AppointmentContent content) =>
        seal.Seal(JsonSerializer.SerializeToUtf8Bytes(content, ContractJson.Options), ContentPlace(appointment));

    public AppointmentContent ContentOf(Appointment appointment) =>
        JsonSerializer.Deserialize<AppointmentContent>(seal.Open(appointment.SealedContent, ContentPlace(appointment.Id)), ContractJson.Options)!;

    public byte[] CodeHashOf(byte[] code) => seal.KeyedHash("appointment", code);

    public async Task<IReadOnlyDictionary<OperatorId, string>> FindAsync(ActingOperator by, IReadOnlyCollection<OperatorId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count is 0)
        {
            return new Dictionary<OperatorId, string>();
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.Set<Operator>().AsNoTracking().Where(person => ids.Contains(person.Id)).ToListAsync(cancellationToken);
        return found.ToDictionary(person => person.Id, LabelOf);
    }

    /// <summary>Locks the staff until the caller's transaction ends, so that no two changes of it are decided on the same state.</summary>
    public static Task LockAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        db.Set<OperatorsLock>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Changes, row => row.Changes + 1), cancellationToken);

    /// <summary>Whether somebody else than this one may approve. The staff must be locked.</summary>
    public static async Task<bool> AnotherApproverIsThereAsync(PortalDbContext db, OperatorId than, CancellationToken cancellationToken)
    {
        var active = await db.Set<Operator>().AsNoTracking().Where(person => person.EndedAt == null && person.Id != than).ToListAsync(cancellationToken);
        return active.Exists(person => person.CanApprove);
    }

    private static AssociatedData LabelPlace(OperatorId id) => new("Operators", "Label", id.ToString());

    private static AssociatedData ContentPlace(Guid appointment) => new("Appointments", "Content", appointment.ToString("D"));
}
