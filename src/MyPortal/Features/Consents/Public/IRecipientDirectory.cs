using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents.Public;

/// <summary>Whom a recipient code means.</summary>
/// <param name="Citizen">The person.</param>
/// <param name="Service">For which service of the sender.</param>
/// <param name="IsReceived">False when the person takes no notices of this service at the moment.</param>
/// <param name="DeliveryGrant">Names the right to deliver; only this feature can read it.</param>
internal sealed record Recipient(CitizenId Citizen, SenderServiceId Service, bool IsReceived, byte[] DeliveryGrant);

/// <summary>Answers who is behind a recipient code, and whether the consent behind it still stands.</summary>
internal interface IRecipientDirectory
{
    /// <summary>Null when the code is malformed, unknown, another sender's, withdrawn or expired: the caller cannot tell which.</summary>
    Task<Recipient?> FindAsync(SenderId sender, string code, CancellationToken cancellationToken);

    /// <summary>
    /// Uses the right to deliver inside the caller's transaction: from here on a withdrawal waits for that transaction. False when a
    /// withdrawal was committed first or the person stopped receiving; nothing may be delivered then.
    /// </summary>
    Task<bool> ClaimDeliveryAsync(PortalDbContext db, Recipient recipient, CancellationToken cancellationToken);
}
