using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Audit;

/// <summary>Who acted.</summary>
internal readonly record struct Actor(ActorKind Kind, Guid? Id)
{
    public static Actor Unknown { get; } = new(ActorKind.Unknown, null);

    public static Actor System { get; } = new(ActorKind.System, null);

    public static Actor Citizen(CitizenId id) => new(ActorKind.Citizen, id.Value);

    public static Actor Sender(SenderId id) => new(ActorKind.Sender, id.Value);

    public static Actor Operator(OperatorId id) => new(ActorKind.Operator, id.Value);
}

/// <summary>Adds access records to the caller's unit of work: what is saved together happened together.</summary>
internal sealed class AuditTrail(TimeProvider clock)
{
    public const string Ok = "ok";

    public void Add(PortalDbContext db, AccessEvent what, Actor actor, CitizenId? subject = null, Guid? objectId = null, string outcome = Ok) =>
        db.Add(AccessRecord.Of(clock.Now(), what, actor.Kind, actor.Id, subject, objectId, outcome));

    /// <summary>One end of a linkage: <paramref name="requestId"/> joins it with the records of hub and holder.</summary>
    public void AddLinkage(PortalDbContext db, AccessEvent what, CitizenId citizen, Guid requestId, string holder, string row, string outcome) =>
        db.Add(AccessRecord.Of(clock.Now(), what, ActorKind.Citizen, citizen.Value, citizen, requestId, outcome).AboutLinkage(holder, row));
}
