using MyPortal.Contracts.CardAgent;
using MyPortal.Audit;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Card;

/// <summary>
/// Records what happens to card transactions. What concerns somebody with an account stands in the chain; what a stranger tries is
/// counted, because the chain never ends and a stranger never tires.
/// </summary>
internal sealed class CardTrail(AuditTrail audit, UnknownCallers unknown)
{
    private const string LoginBegun = "card.login-begun";
    private const string EnrolmentBegun = "card.enrolment-begun";

    /// <summary>A transaction began.</summary>
    public void AddBegun(PortalDbContext db, CardRequest request, Guid transaction)
    {
        if (request.Person is { } person)
        {
            audit.Add(db, AccessEvent.CardAsked, Actor.Citizen(person.Citizen), person.Citizen, transaction);
        }
        else
        {
            unknown.Add(request.Purpose is CardPurpose.Enrol ? EnrolmentBegun : LoginBegun);
        }
    }

    /// <summary>An answer, a fetch or a completion was refused.</summary>
    /// <param name="db">Gets the record; the caller saves.</param>
    /// <param name="transaction">Null when there is none.</param>
    /// <param name="isKnown">Whether it happened with the card or in the session of somebody who has an account.</param>
    /// <param name="reason">The inner code.</param>
    public void AddRefusal(PortalDbContext db, Guid? transaction, bool isKnown, Error reason)
    {
        if (isKnown)
        {
            audit.Add(db, AccessEvent.LoginRefused, Actor.Unknown, objectId: transaction, outcome: reason.Code);
        }
        else
        {
            unknown.Add(reason.Code);
        }
    }
}
