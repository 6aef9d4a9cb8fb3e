using MyPortal.Contracts.SenderApi;

namespace MyPortal.Contracts.ConsentApi;

/// <summary>Body of <c>POST /api/v1/consent-results</c>: the one-time code that came back with the person.</summary>
/// <param name="Code">The code, valid 60 seconds and once; a second use revokes the result.</param>
/// <param name="CodeVerifier">43 to 128 characters whose SHA-256 was the challenge.</param>
/// <param name="ReturnTo">The return address of the request.</param>
public sealed record ExchangeConsentCode(string Code, string CodeVerifier, string ReturnTo);

/// <summary>Answer of <c>POST /api/v1/consent-results</c>.</summary>
/// <param name="Consent">Identifier of the consent, or of the link under a law.</param>
/// <param name="Recipient">The code under which notices to this person are posted: 26 Crockford base32 characters.</param>
/// <param name="Nonce">The nonce of the request.</param>
/// <param name="Items">Identifiers of the items that were given.</param>
/// <param name="ExpiresAt">End of the consent, UTC; absent under a law.</param>
/// <param name="Receipt">The business's own receipt; absent under a law, where nothing was agreed to.</param>
public sealed record ConsentResult(Guid Consent, string Recipient, string Nonce, IReadOnlyList<string> Items, DateTimeOffset? ExpiresAt = null, ReceiptFile? Receipt = null);

/// <summary>Body of <c>POST /api/v1/consent-acknowledgements</c>.</summary>
/// <param name="Acknowledgement"><see cref="AcknowledgementClaims"/> as a JWS in compact form with <c>typ</c> = <c>myportal-acknowledgement+jwt</c>.</param>
public sealed record PushAcknowledgement(string Acknowledgement)
{
    /// <summary>Value of <c>typ</c>.</summary>
    public const string Type = "myportal-acknowledgement+jwt";
}

/// <summary>What a business confirms with its signature.</summary>
/// <param name="Iss">Client identifier.</param>
/// <param name="Aud">Address of the acknowledgement endpoint, alone or in a list.</param>
/// <param name="Consent">Which consent.</param>
/// <param name="About">What arrived.</param>
/// <param name="Hash">SHA-256, lower-case hex: of the receipt's content, or of the bytes of the message about the withdrawal.</param>
/// <param name="Exp">At most five minutes ahead, in seconds since 1970.</param>
/// <param name="Iat">When it was made, in seconds since 1970.</param>
/// <param name="Nbf">From when on it counts, in seconds since 1970.</param>
public sealed record AcknowledgementClaims(
    string Iss, Audience Aud, Guid Consent, AcknowledgedThing About, string Hash, NumericDate Exp, NumericDate? Iat = null, NumericDate? Nbf = null) : ISignedClaims;

/// <summary>What can be acknowledged.</summary>
public enum AcknowledgedThing
{
    /// <summary>The receipt of a consent.</summary>
    Receipt,

    /// <summary>The message that a consent was withdrawn.</summary>
    Withdrawal,
}

/// <summary>What the portal tells a business when a consent ends: a CloudEvent (1.0).</summary>
/// <param name="Specversion">Always <c>1.0</c>.</param>
/// <param name="Id">The same as the idempotency key of the message.</param>
/// <param name="Source">Origin of the portal.</param>
/// <param name="Type">Always <c>consent.withdrawn</c>.</param>
/// <param name="Time">From when on nothing is delivered any more, UTC.</param>
/// <param name="Data">Which consent.</param>
public sealed record ConsentEnded(string Specversion, Guid Id, string Source, string Type, DateTimeOffset Time, EndedConsent Data)
{
    /// <summary>Value of <see cref="Type"/>.</summary>
    public const string Withdrawn = "consent.withdrawn";
}

/// <summary>The consent that ended.</summary>
/// <param name="Consent">Its identifier, as in the result and in the receipt.</param>
public sealed record EndedConsent(Guid Consent);
