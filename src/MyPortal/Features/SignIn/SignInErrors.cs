using MyPortal.Kernel;

namespace MyPortal.Features.SignIn;

/// <summary>What the card agent and the person are told. The exact check that refused is named only in the access record.</summary>
internal static class SignInErrors
{
    /// <summary>Unknown, over, expired, used or fetched twice: there is nothing to sign any more.</summary>
    public static readonly Error TransactionOver = new("card.transaction-over", ErrorKind.NotFound);

    /// <summary>The signature was not accepted.</summary>
    public static readonly Error NotAccepted = new("card.not-accepted", ErrorKind.Forbidden);

    /// <summary>The signature is the card's, but its certificate is expired, revoked or replaced.</summary>
    public static readonly Error CertificateNotValid = new("card.certificate-not-valid", ErrorKind.Forbidden);

    /// <summary>The issuer could not be asked; the person may try again later and no attempt was counted.</summary>
    public static readonly Error IssuerUnavailable = new("card.issuer-unavailable", ErrorKind.Unavailable);

    /// <summary>Nobody has enrolled with this card.</summary>
    public static readonly Error NotEnrolled = new("card.not-enrolled", ErrorKind.Forbidden);

    /// <summary>This card is enrolled already; signing in is the way.</summary>
    public static readonly Error AlreadyEnrolled = new("card.already-enrolled", ErrorKind.Conflict);

    /// <summary>The card was reported lost.</summary>
    public static readonly Error CardBlocked = new("card.blocked", ErrorKind.Forbidden);

    /// <summary>A completion code came to a browser that did not begin; nothing was done.</summary>
    public static readonly Error OtherBrowser = new("card.other-browser", ErrorKind.Forbidden);

    /// <summary>The card belongs to somebody else than the person of the session; the session is over.</summary>
    public static readonly Error OtherPerson = new("card.other-person", ErrorKind.Forbidden);

    /// <summary>The body of the agent's answer cannot be read.</summary>
    public static readonly Error BadResponse = new("card.bad-response", ErrorKind.Invalid);
}
