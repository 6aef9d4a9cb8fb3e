using MyPortal.Contracts.SenderApi;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Public;

/// <summary>Why a signed statement was not taken.</summary>
internal enum StatementViolation
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Not a JWS in compact form with the expected <c>typ</c>, or its payload is not what it must be.</summary>
    Malformed,

    /// <summary>No registered, unrevoked key of the sender made the signature.</summary>
    BadSignature,

    /// <summary><c>iss</c> is not the sender's client identifier.</summary>
    WrongIssuer,

    /// <summary><c>aud</c> does not name the address at which it came.</summary>
    WrongAudience,

    /// <summary><c>exp</c> is over.</summary>
    Expired,

    /// <summary><c>exp</c> is too far ahead, or <c>iat</c> too far back.</summary>
    LivesTooLong,

    /// <summary><c>nbf</c> or <c>iat</c> lies ahead.</summary>
    NotYetValid,
}

/// <summary>A signed statement, or why there is none.</summary>
/// <param name="Violation">Why not.</param>
/// <param name="Claims">What it says; null when it was not taken.</param>
/// <param name="Payload">The exact bytes that were signed.</param>
/// <param name="Faults">Where the payload is not what it must be.</param>
internal sealed record SenderStatement<T>(StatementViolation Violation, T? Claims, byte[] Payload, IReadOnlyList<ApiFault> Faults)
    where T : class, ISignedClaims;

/// <summary>Reads what a sender signed with a registered key.</summary>
internal interface ISenderStatements
{
    /// <summary>
    /// Verifies a JWS in compact form (RFC 7515; ES256 or PS256, no <c>crit</c>) of one sender and its registered claims. The type is
    /// part of what is checked, so that a statement made for one purpose is never taken for another.
    /// </summary>
    /// <param name="sender">Who must have signed.</param>
    /// <param name="compact">The statement.</param>
    /// <param name="type">Header <c>typ</c>.</param>
    /// <param name="path">Where it came; with the portal's origin it must stand in <c>aud</c>.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    Task<SenderStatement<T>> ReadAsync<T>(SenderId sender, string? compact, string type, string path, CancellationToken cancellationToken)
        where T : class, ISignedClaims;
}
