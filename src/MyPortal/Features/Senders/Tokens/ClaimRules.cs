using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Senders.Public;

namespace MyPortal.Features.Senders.Tokens;

/// <summary>What the registered claims of a signed statement must say (RFC 7519 section 4.1).</summary>
internal static class ClaimRules
{
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>The first rule that is broken.</summary>
    public static StatementViolation ViolationIn(ISignedClaims claims, string issuer, string audience, DateTimeOffset now)
    {
        if (!string.Equals(claims.Iss, issuer, StringComparison.Ordinal))
        {
            return StatementViolation.WrongIssuer;
        }

        if (!claims.Aud.Contains(audience))
        {
            return StatementViolation.WrongAudience;
        }

        // Nothing is added to what the sender wrote: it may be the last instant there is.
        if (claims.Exp.Instant <= now - ClockSkew)
        {
            return StatementViolation.Expired;
        }

        if (claims.Exp.Instant > now + LongestLife + ClockSkew || claims.Iat?.Instant < now - LongestLife - ClockSkew)
        {
            return StatementViolation.LivesTooLong;
        }

        return claims.Nbf?.Instant > now + ClockSkew || claims.Iat?.Instant > now + ClockSkew ? StatementViolation.NotYetValid : StatementViolation.None;
    }
}
