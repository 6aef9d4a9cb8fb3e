using System.Text.Json.Serialization;

namespace MyPortal.Contracts.SenderApi;

/// <summary>State of a notice as its sender may know it. Never echoes a recipient or a word of the content.</summary>
/// <param name="Id">Identifier of the notice, UUIDv7.</param>
/// <param name="State">State reached.</param>
/// <param name="AcceptedAt">When the portal accepted it, UTC.</param>
/// <param name="Opened"><c>withheld</c> unless the person lets this sender know; then when it was opened first, UTC.</param>
/// <param name="DeliveredAt">When it became visible to the person, UTC.</param>
/// <param name="Ignored">
/// In the answer to a post only: JSON pointers (RFC 6901) to members of the body that this version does not know and did not read, at most 100.
/// </param>
public sealed record NoticeStatus(
    Guid Id, NoticeState State, DateTimeOffset AcceptedAt, string Opened, DateTimeOffset? DeliveredAt = null, IReadOnlyList<string>? Ignored = null);

/// <summary>States a sender can see; they only move forward.</summary>
public enum NoticeState
{
    /// <summary>Kept, not yet visible.</summary>
    Accepted,

    /// <summary>Visible to the person.</summary>
    Delivered,
}

/// <summary>Answer of <c>POST /api/v1/token</c> (RFC 6749 section 5.1). Its field names are the standard's, not ours.</summary>
/// <param name="AccessToken">Opaque bearer token.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Life of the token in seconds.</param>
/// <param name="Scope">Scopes granted, separated by spaces.</param>
public sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("scope")] string Scope);

/// <summary>Refusal of <c>POST /api/v1/token</c> (RFC 6749 section 5.2).</summary>
/// <param name="Error">Error code of the standard.</param>
/// <param name="ErrorDescription">Which check refused, as a stable code of docs/sender-api.md.</param>
public sealed record TokenRefusal(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string ErrorDescription);

/// <summary>Refusal of any other call: problem details (RFC 9457) with a stable code.</summary>
/// <param name="Type">Address of the description of the code.</param>
/// <param name="Title">One sentence; may change.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code, for example <c>notice.recipient-unknown</c>.</param>
/// <param name="TraceId">Reference for support.</param>
/// <param name="Errors">Each fault of the body, at most 100.</param>
/// <param name="Truncated">True when there were more faults than listed.</param>
public sealed record ApiProblem(string Type, string Title, int Status, string Code, string TraceId, IReadOnlyList<ApiFault>? Errors = null, bool? Truncated = null);

/// <summary>One fault of a request body.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) to the faulty place.</param>
/// <param name="Code">Stable code.</param>
public sealed record ApiFault(string Pointer, string Code);
