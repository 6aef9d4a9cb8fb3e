using System.Collections.Frozen;
using MyPortal.Contracts.Hub;
using MyPortal.Kernel;

namespace MyPortal.Hub;

/// <summary>Refusals around the hub, as other rooms meet them. Codes of the protocol are written as in <c>hub.holder-timeout</c>.</summary>
internal static class HubErrors
{
    /// <summary>The hub cannot be reached, or what answers there is not the hub.</summary>
    public static readonly Error Unavailable = new("hub.unavailable", ErrorKind.Unavailable);

    /// <summary>The clocks of portal and hub, or of hub and holder, differ by more than a minute.</summary>
    public static readonly Error ClockSkew = new("hub.clock-skew", ErrorKind.Unavailable);

    /// <summary>What arrived does not belong to the question, or cannot be opened.</summary>
    public static readonly Error Unreadable = new("hub.unreadable", ErrorKind.Unavailable);

    /// <summary>Holder and portal do not speak of the same person.</summary>
    public static readonly Error SubjectMismatch = new("hub.subject-mismatch", ErrorKind.Conflict);

    /// <summary>The row of the matrix was changed or withdrawn since the person saw it.</summary>
    public static readonly Error RowExpired = new("hub.row-expired", ErrorKind.Forbidden);

    /// <summary>The session does not stand surely enough for the person.</summary>
    public static readonly Error LevelTooLow = new("hub.level-too-low", ErrorKind.Forbidden);

    /// <summary>The hub would not link this card.</summary>
    public static readonly Error NotLinked = new("hub.not-linked", ErrorKind.Forbidden);

    private static readonly FrozenDictionary<string, Error> OfProtocol = new Dictionary<string, Error>(StringComparer.Ordinal)
    {
        ["SIG_INVALID"] = new("hub.sig-invalid", ErrorKind.Unavailable),
        ["CLOCK_SKEW"] = ClockSkew,
        ["REPLAY"] = new("hub.replay", ErrorKind.Unavailable),
        ["SCHEMA"] = new("hub.schema", ErrorKind.Unavailable),
        ["NOT_PARTICIPANT"] = new("hub.not-participant", ErrorKind.Forbidden),
        ["CLASS_NOT_ELIGIBLE"] = new("hub.class-not-eligible", ErrorKind.Forbidden),
        ["NO_ROW"] = new("hub.no-row", ErrorKind.Forbidden),
        ["ROW_EXPIRED"] = RowExpired,
        ["ITEM_OUT_OF_SCOPE"] = new("hub.item-out-of-scope", ErrorKind.Forbidden),
        ["LEVEL_TOO_LOW"] = LevelTooLow,
        ["CODE_UNKNOWN"] = new("hub.code-unknown", ErrorKind.Forbidden),
        ["SUBJECT_MISMATCH"] = SubjectMismatch,
        ["NONCE_UNKNOWN"] = new("hub.nonce-unknown", ErrorKind.Forbidden),
        ["RATE_LIMIT"] = new("hub.rate-limit", ErrorKind.Unavailable),
        ["HOLDER_DOWN"] = new("hub.holder-down", ErrorKind.Unavailable),
        ["HOLDER_TIMEOUT"] = new("hub.holder-timeout", ErrorKind.Unavailable),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The refusal behind a problem of the protocol. A code that nobody agreed on is never passed on: it could carry anything.</summary>
    public static Error Of(HubProblem? problem) => OfProtocol.GetValueOrDefault(problem?.Code ?? "") ?? Unavailable;
}
