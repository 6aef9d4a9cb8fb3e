namespace MyPortal.Contracts.SenderApi;

/// <summary>Public keys under which messages of the portal are checked (a JWK set, RFC 7517).</summary>
/// <param name="Keys">One at a time; another one appears when the portal has replaced its key.</param>
public sealed record MessageKeySet(IReadOnlyList<MessageKeyEntry> Keys);

/// <summary>One public key (RFC 7518 section 6.2).</summary>
/// <param name="Kty">Always <c>EC</c>.</param>
/// <param name="Crv">Always <c>P-256</c>.</param>
/// <param name="X">First coordinate, base64url.</param>
/// <param name="Y">Second coordinate, base64url.</param>
/// <param name="Kid">Thumbprint of the key (RFC 7638); signatures name it.</param>
/// <param name="Use">Always <c>sig</c>.</param>
/// <param name="Alg">Always <c>ES256</c>.</param>
public sealed record MessageKeyEntry(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg);
