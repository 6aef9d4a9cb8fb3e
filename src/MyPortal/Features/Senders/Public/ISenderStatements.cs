using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Public;

/// <summary>Why a signed statement was not taken.</summary>
internal enum StatementFlaw
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Not a JWS in compact form with the expected <c>typ</c>.</summary>
    Malformed,

    /// <summary>No registered, unrevoked key of the sender made the signature.</summary>
    BadSignature,
}

/// <summary>The payload of a signed statement, or why there is none.</summary>
internal sealed record SenderStatement(StatementFlaw Flaw, byte[] Payload);

/// <summary>Reads what a sender signed with a registered key.</summary>
internal interface ISenderStatements
{
    /// <summary>
    /// Verifies a JWS in compact form (RFC 7515; ES256 or PS256, no <c>crit</c>) of one sender. The type is part of what is checked,
    /// so that a statement made for one purpose is never taken for another.
    /// </summary>
    Task<SenderStatement> ReadAsync(SenderId sender, string? compact, string type, CancellationToken cancellationToken);
}
