using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents;

/// <summary>Refusals around consents. Those a sender can meet are published in docs/sender-api.md.</summary>
internal static class ConsentErrors
{
    public static readonly Error NotRegistered = new("consent.not-registered", ErrorKind.Forbidden);
    public static readonly Error MalformedStatement = new("consent.malformed-statement", ErrorKind.Invalid);
    public static readonly Error BadSignature = new("consent.bad-signature", ErrorKind.Forbidden);
    public static readonly Error WrongIssuer = new("consent.wrong-issuer", ErrorKind.Forbidden);
    public static readonly Error WrongAudience = new("consent.wrong-audience", ErrorKind.Forbidden);
    public static readonly Error StatementExpired = new("consent.statement-expired", ErrorKind.Forbidden);
    public static readonly Error StatementNotYetValid = new("consent.statement-not-yet-valid", ErrorKind.Forbidden);
    public static readonly Error Replayed = new("consent.replayed", ErrorKind.Conflict);
    public static readonly Error ReturnAddress = new("consent.return-address", ErrorKind.Forbidden);
    public static readonly Error Invalid = new("consent.invalid", ErrorKind.Invalid);

    /// <summary>Unknown, too late, another client's, or with the wrong verifier: all answer alike.</summary>
    public static readonly Error CodeInvalid = new("consent.code-invalid", ErrorKind.Forbidden);

    /// <summary>The code was used before, so that one of the two was stolen: the result is void.</summary>
    public static readonly Error CodeReused = new("consent.code-reused", ErrorKind.Forbidden);

    /// <summary>Not there, or not the caller's: both answer alike.</summary>
    public static readonly Error NotFound = new("consent.not-found", ErrorKind.NotFound);

    /// <summary>An acknowledgement whose hash is not that of what was sent.</summary>
    public static readonly Error WrongHash = new("consent.wrong-hash", ErrorKind.Conflict);

    /// <summary>The refusal of a signed statement that was not taken.</summary>
    public static StatementRefusal Of<T>(SenderStatement<T> statement)
        where T : class, ISignedClaims => new(
            statement.Violation switch
            {
                StatementViolation.BadSignature => BadSignature,
                StatementViolation.WrongIssuer => WrongIssuer,
                StatementViolation.WrongAudience => WrongAudience,
                StatementViolation.Expired or StatementViolation.LivesTooLong => StatementExpired,
                StatementViolation.NotYetValid => StatementNotYetValid,
                _ => MalformedStatement,
            },
            statement.Faults);
}

/// <summary>Why a signed statement was refused.</summary>
/// <param name="Error">The refusal.</param>
/// <param name="Faults">Each fault of what it says, with its place.</param>
internal sealed record StatementRefusal(Error Error, IReadOnlyList<ApiFault> Faults)
{
    /// <summary>A refusal of the whole.</summary>
    public static StatementRefusal Of(Error error) => new(error, []);
}

/// <summary>What a citizen can meet on the pages; each has a sentence.</summary>
internal static class DecisionErrors
{
    /// <summary>Too late, used before, or carried to another browser.</summary>
    public static readonly Error RequestOver = new("decision.request-over", ErrorKind.NotFound);
    public static readonly Error Lapsed = new("decision.lapsed", ErrorKind.Conflict);
    public static readonly Error Decided = new("decision.decided", ErrorKind.Conflict);
    public static readonly Error Missing = new("decision.missing", ErrorKind.Invalid);
    public static readonly Error ItemRequired = new("decision.item-required", ErrorKind.Invalid);
    public static readonly Error NothingChosen = new("decision.nothing-chosen", ErrorKind.Invalid);
}
