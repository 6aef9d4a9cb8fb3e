using MyPortal.Contracts.SenderApi;

namespace MyPortal.Contracts.ConsentApi;

/// <summary>Body of <c>POST /api/v1/consent-requests</c>.</summary>
/// <param name="Request">
/// <see cref="ConsentClaims"/> as a JWS in compact form, signed with a registered key of the sender (ES256 or PS256), header
/// <c>typ</c> = <c>myportal-consent-request+jwt</c>.
/// </param>
public sealed record PushConsentRequest(string Request)
{
    /// <summary>Value of <c>typ</c>: a statement made for another purpose is never taken for a request.</summary>
    public const string Type = "myportal-consent-request+jwt";
}

/// <summary>Answer of <c>POST /api/v1/consent-requests</c>.</summary>
/// <param name="RequestUri">What the browser carries to <c>/consents/start?client_id=…&amp;request_uri=…</c>, once.</param>
/// <param name="ExpiresIn">Seconds until it can no longer be used.</param>
public sealed record PushedConsentRequest(string RequestUri, int ExpiresIn);

/// <summary>What a business asks a citizen, as it signs it.</summary>
/// <param name="Iss">Client identifier.</param>
/// <param name="Aud">Address of the request endpoint, alone or in a list.</param>
/// <param name="Jti">Never used before, at most 100 characters.</param>
/// <param name="Exp">At most five minutes ahead, in seconds since 1970.</param>
/// <param name="ReturnTo">One of the registered return addresses, character for character.</param>
/// <param name="State">Comes back with the person, unchanged; at most 200 characters.</param>
/// <param name="Nonce">Comes back in the result; at most 100 characters.</param>
/// <param name="CodeChallenge">Base64url without padding of the SHA-256 of the code verifier (RFC 7636): 43 characters.</param>
/// <param name="CodeChallengeMethod">Always <c>S256</c>.</param>
/// <param name="Customer">The business's own customer number, masked: at most four characters that are not <c>*</c>.</param>
/// <param name="Purpose">What for, in one sentence per language, each language once; Japanese is required.</param>
/// <param name="PurposeCode">The same for programs, for example <c>contract-notices</c>.</param>
/// <param name="Items">What is asked for, 1 to 20.</param>
/// <param name="Days">How long the consent lasts, 1 to 365.</param>
/// <param name="KeptDays">How long the business keeps what it receives after the end.</param>
/// <param name="Policy">Web address of the business's own rules.</param>
/// <param name="Onward">To whom it is passed on; absent = to nobody.</param>
/// <param name="Iat">When it was made, in seconds since 1970.</param>
/// <param name="Nbf">From when on it counts, in seconds since 1970.</param>
public sealed record ConsentClaims(
    string Iss,
    Audience Aud,
    string Jti,
    NumericDate Exp,
    string ReturnTo,
    string State,
    string Nonce,
    string CodeChallenge,
    string CodeChallengeMethod,
    string Customer,
    IReadOnlyList<ConsentText> Purpose,
    string PurposeCode,
    IReadOnlyList<ConsentItem> Items,
    int Days,
    int KeptDays,
    string Policy,
    IReadOnlyList<ConsentText>? Onward = null,
    NumericDate? Iat = null,
    NumericDate? Nbf = null) : ISignedClaims;

/// <summary>One thing that is asked for.</summary>
/// <param name="Id">Name for programs: small letters, digits and hyphens, at most 40.</param>
/// <param name="Labels">Name for people, each language once; Japanese is required.</param>
/// <param name="IsRequired">Whether the business cannot do its work without it.</param>
/// <param name="Reasons">Why it is required; must be given for a required item.</param>
public sealed record ConsentItem(string Id, IReadOnlyList<ConsentText> Labels, bool IsRequired = false, IReadOnlyList<ConsentText>? Reasons = null);

/// <summary>Words in one language.</summary>
/// <param name="Language"><c>ja</c>, <c>en</c> or <c>ja-Hira</c> (easy Japanese).</param>
/// <param name="Text">Plain text in one line, at most 200 characters as people count them.</param>
public sealed record ConsentText(string Language, string Text);
