using MyPortal.Kernel;

namespace MyPortal.Features.Senders;

/// <summary>Refusals of the token endpoint and of bearer tokens. Codes are published in docs/sender-api.md.</summary>
internal static class SenderErrors
{
    public static readonly Error UnsupportedGrant = new("token.unsupported-grant", ErrorKind.Invalid);
    public static readonly Error UnreadableForm = new("token.unreadable-form", ErrorKind.Invalid);
    public static readonly Error WrongAssertionType = new("token.wrong-assertion-type", ErrorKind.Invalid);
    public static readonly Error MalformedAssertion = new("token.malformed-assertion", ErrorKind.Forbidden);
    public static readonly Error WrongAlgorithm = new("token.wrong-algorithm", ErrorKind.Forbidden);
    public static readonly Error UnknownClient = new("token.unknown-client", ErrorKind.Forbidden);
    public static readonly Error BadSignature = new("token.bad-signature", ErrorKind.Forbidden);
    public static readonly Error WrongSubject = new("token.wrong-subject", ErrorKind.Forbidden);
    public static readonly Error WrongAudience = new("token.wrong-audience", ErrorKind.Forbidden);
    public static readonly Error Expired = new("token.expired", ErrorKind.Forbidden);
    public static readonly Error LivesTooLong = new("token.lives-too-long", ErrorKind.Forbidden);
    public static readonly Error NotYetValid = new("token.not-yet-valid", ErrorKind.Forbidden);
    public static readonly Error Replayed = new("token.replayed", ErrorKind.Forbidden);
    public static readonly Error SenderNotLive = new("token.sender-not-live", ErrorKind.Forbidden);
    public static readonly Error UnknownScope = new("token.unknown-scope", ErrorKind.Invalid);
    public static readonly Error MissingBearer = new("auth.missing-token", ErrorKind.Forbidden);
    public static readonly Error InvalidBearer = new("auth.invalid-token", ErrorKind.Forbidden);
    public static readonly Error WebhookAddressRefused = new("webhook.address-refused", ErrorKind.Invalid);
    public static readonly Error InsufficientScope = new("auth.insufficient-scope", ErrorKind.Forbidden);

    /// <summary>The token was given before the sender was suspended.</summary>
    public static readonly Error NotLive = new("sender.not-live", ErrorKind.Forbidden);

    public static readonly Error MinuteUsedUp = new("quota.minute-used-up", ErrorKind.Unavailable);
    public static readonly Error DayUsedUp = new("quota.day-used-up", ErrorKind.Unavailable);
}
