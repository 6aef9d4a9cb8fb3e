using MyPortal.Kernel;

namespace MyPortal.Features.Consents.Public;

/// <summary>Whom a recipient code means.</summary>
internal sealed record Recipient(CitizenId Citizen, SenderServiceId Service);

/// <summary>Answers who is behind a recipient code.</summary>
internal interface IRecipientDirectory
{
    /// <summary>Null when the code is malformed, unknown, another sender's or withdrawn: the caller cannot tell which.</summary>
    Task<Recipient?> FindAsync(SenderId sender, string code, CancellationToken cancellationToken);
}
