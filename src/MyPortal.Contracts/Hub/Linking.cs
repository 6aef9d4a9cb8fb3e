namespace MyPortal.Contracts.Hub;

/// <summary>Answer of <c>POST {hub}/v1/codes/link-nonce</c>.</summary>
/// <param name="Nonce">256 random bits, base64url; for the calling organisation, once.</param>
/// <param name="Expires">End of its life, UTC.</param>
public sealed record LinkNonce(string Nonce, DateTimeOffset Expires);

/// <summary>What the card signs so that an organisation gets its own code of the person: the exact UTF-8 JSON bytes of this record.</summary>
/// <param name="Type">Always <see cref="CurrentType"/>; a login document is never accepted in its place.</param>
/// <param name="Hub">Identifier of the hub.</param>
/// <param name="Organisation">Who wants its code: must be the caller.</param>
/// <param name="Origin">Where the person signs.</param>
/// <param name="Purpose">Always <c>enrol</c> so far.</param>
/// <param name="Nonce">Nonce of the hub.</param>
public sealed record LinkDocument(string Type, string Hub, string Organisation, string Origin, string Purpose, string Nonce)
{
    /// <summary>The type string of this version of the document.</summary>
    public const string CurrentType = "MYP-LINK/1";
}

/// <summary>Body of <c>POST {hub}/v1/codes/by-certificate</c>.</summary>
/// <param name="Document">Exact bytes of the <see cref="LinkDocument"/>.</param>
/// <param name="Cms">CMS by the user-authentication key over them.</param>
public sealed record CodeByCertificate(byte[] Document, byte[] Cms);

/// <summary>Answer to a <see cref="CodeByCertificate"/>.</summary>
/// <param name="Code">The person's code at the caller, and at nobody else: 26 Crockford base32 characters.</param>
public sealed record OrganisationCodeAnswer(string Code);
