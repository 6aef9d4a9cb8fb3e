using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Jpki;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Card;

/// <summary>Steps 10 to 12 of the verifier: whose card it is, whether it is the session's person, and whether it may be used here.</summary>
internal sealed class CardHolderResolver(CardOwners owners)
{
    /// <summary>Whether somebody enrolled with this card, whatever became of it.</summary>
    public async Task<bool> IsRegisteredAsync(PortalDbContext db, VerifiedCertificate certificate, CancellationToken cancellationToken) =>
        await owners.FindAsync(db, certificate.Identity.ToBytes(), cancellationToken) is not null;

    /// <summary>The citizen behind the card; null for somebody who may enrol.</summary>
    public async Task<Result<Guid?>> FindAsync(PortalDbContext db, CardTransaction transaction, VerifiedCertificate certificate, CancellationToken cancellationToken)
    {
        var registered = await owners.FindAsync(db, certificate.Identity.ToBytes(), cancellationToken);
        if (transaction.Purpose is CardPurpose.Enrol)
        {
            return registered is null ? (Guid?)null : SignInErrors.AlreadyEnrolled;
        }

        // Step 11. A card that nobody enrolled is no less another person's.
        if (transaction is { Citizen: { } named, Session: not null } && registered?.CitizenId != named)
        {
            return SignInErrors.OtherPerson;
        }

        return registered switch
        {
            null => SignInErrors.NotEnrolled,
            { BlockedAt: not null } => SignInErrors.CardBlocked,
            { IsUsable: false } => SignInErrors.CertificateNotValid,
            _ => registered.CitizenId.Value,
        };
    }
}
