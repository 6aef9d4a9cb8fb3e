using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Public;

/// <summary>A text that the person of a session is to sign.</summary>
/// <param name="Kind">Whose business the signature is: the <see cref="ISignedTextHandler.Kind"/> that takes it.</param>
/// <param name="About">What the text is about; the taker finds it again by this.</param>
/// <param name="Role">As whom the person signs.</param>
/// <param name="Text">The whole text, lines apart by line feeds; the person saw it before and sees it again at the agent.</param>
internal sealed record TextToSign(string Kind, Guid About, SigningRole Role, string Text);

/// <summary>A signature that passed every check. Certificates are gone; what is left here is for the taker to keep, sealed where it names the person.</summary>
/// <param name="Signer">Who signed, in which session.</param>
/// <param name="About">What the text is about.</param>
/// <param name="Role">As whom.</param>
/// <param name="Text">The text that was signed.</param>
/// <param name="Document">The exact bytes both keys of the card signed; they hold role and SHA-256 of the text.</param>
/// <param name="CertificateHash">Keyed hash of the signature certificate's reference.</param>
/// <param name="HolderName">The certified name in the signature certificate.</param>
/// <param name="CheckedAt">When the issuer last said that both certificates are good and belong to one person, UTC.</param>
internal sealed record SignedText(Viewer Signer, Guid About, SigningRole Role, string Text, byte[] Document, byte[] CertificateHash, string HolderName, DateTimeOffset CheckedAt);

/// <summary>What became of a signature.</summary>
/// <param name="GoOnTo">Local path the person goes on to.</param>
/// <param name="Refusal">Why it has no effect; null when it has.</param>
internal sealed record SignedTextOutcome(string GoOnTo, Error? Refusal = null);

/// <summary>A feature for which people sign texts.</summary>
internal interface ISignedTextHandler
{
    /// <summary>At most 40 characters.</summary>
    string Kind { get; }

    /// <summary>Adds the effect of a signature to the caller's unit of work, or refuses it; after a refusal nothing is saved.</summary>
    Task<SignedTextOutcome> TakeAsync(PortalDbContext db, SignedText signed, CancellationToken cancellationToken);
}

/// <summary>Begins a signature: a card transaction that lives for three minutes in this browser and session.</summary>
internal interface ISignWithCard
{
    /// <summary>Sends the browser to the page that leads to the card agent.</summary>
    /// <param name="http">The request; its answer gets the cookie that binds the transaction to this browser.</param>
    /// <param name="viewer">Who signs.</param>
    /// <param name="text">What.</param>
    /// <param name="startPath">Local path where the person starts again when it failed.</param>
    Task<IResult> StartAsync(HttpContext http, Viewer viewer, TextToSign text, string startPath);
}
