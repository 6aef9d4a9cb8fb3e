using MyPortal.Contracts.SenderApi;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.Senders.Tokens;

/// <summary>Claims of a client assertion (RFC 7523 section 3).</summary>
internal sealed record AssertionClaims(string Iss, string Sub, Audience Aud, string Jti, NumericDate Exp, NumericDate? Iat = null, NumericDate? Nbf = null) : ISignedClaims;

/// <summary>A client assertion (<c>private_key_jwt</c>), parsed but not yet verified.</summary>
internal sealed record ClientAssertion(SenderJws Jws, AssertionClaims Claims)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    public const int LongestAssertion = 4096;
    private const int LongestId = 100;

    /// <summary>Parses the compact form; every deviation is the same refusal.</summary>
    public static Result<ClientAssertion> Parse(string? compact) =>
        SenderJws.Parse(compact, LongestAssertion) is { } jws
        && ContractReader.Read<AssertionClaims>(jws.Payload).Value is { Jti.Length: > 0 and <= LongestId } claims
        && !claims.Iss.Any(char.IsControl)
            ? new ClientAssertion(jws, claims)
            : SenderErrors.MalformedAssertion;
}
