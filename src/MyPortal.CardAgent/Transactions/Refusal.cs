using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Transactions;

/// <summary>Why the agent does not go on. Each has its own sentences under <c>refusal.{Code}</c> in every language.</summary>
/// <param name="Code">Stable short name; programs find it in the page, people are not shown it.</param>
/// <param name="Status">HTTP status of the page.</param>
/// <param name="EndsTransaction">The transaction is over and the person begins anew at the portal; otherwise the page offers another try.</param>
internal sealed record Refusal(string Code, int Status, bool EndsTransaction = true)
{
    /// <summary>Which secret the refusal speaks of, where it matters.</summary>
    public CertificateKind? Secret { get; private init; }

    public int TriesLeft { get; private init; }

    /// <summary>The portal's own code, for programs that read the page.</summary>
    public string? PortalCode { get; private init; }

    public static Refusal NotNavigation { get; } = new("not-navigation", StatusCodes.Status403Forbidden);

    public static Refusal Address { get; } = new("address", StatusCodes.Status400BadRequest);

    public static Refusal Origin { get; } = new("origin", StatusCodes.Status400BadRequest);

    public static Refusal UnknownTransaction { get; } = new("unknown-visit", StatusCodes.Status404NotFound);

    public static Refusal ForeignForm { get; } = new("foreign-form", StatusCodes.Status403Forbidden, EndsTransaction: false);

    public static Refusal Unreachable { get; } = new("portal-unreachable", StatusCodes.Status502BadGateway);

    public static Refusal PortalAnswer { get; } = new("portal-answer", StatusCodes.Status502BadGateway);

    public static Refusal AlreadyUsed { get; } = new("already-used", StatusCodes.Status409Conflict);

    public static Refusal Document { get; } = new("document", StatusCodes.Status400BadRequest);

    public static Refusal DocumentOrigin { get; } = new("document-origin", StatusCodes.Status400BadRequest);

    public static Refusal Expired { get; } = new("expired", StatusCodes.Status410Gone);

    public static Refusal NoCard { get; } = new("no-card", StatusCodes.Status409Conflict, EndsTransaction: false);

    public static Refusal WrongCard { get; } = new("wrong-card", StatusCodes.Status409Conflict, EndsTransaction: false);

    public static Refusal NoCertificate { get; } = new("no-certificate", StatusCodes.Status409Conflict, EndsTransaction: false);

    public static Refusal CardRemoved { get; } = new("card-removed", StatusCodes.Status409Conflict);

    public static Refusal CardFault { get; } = new("card-fault", StatusCodes.Status409Conflict);

    public static Refusal Locked(CertificateKind secret, bool endsTransaction) => new("locked", StatusCodes.Status403Forbidden, endsTransaction) { Secret = secret };

    public static Refusal WrongSecret(CertificateKind secret, int triesLeft) => new("wrong-pin", StatusCodes.Status403Forbidden) { Secret = secret, TriesLeft = triesLeft };

    /// <summary>The portal itself cannot go on at the moment. Nothing was handed out, so the same address may be tried again.</summary>
    public static Refusal PortalLater(string code) => new("portal-refused", StatusCodes.Status503ServiceUnavailable) { PortalCode = code };

    public static Refusal ByPortal(string? code) => new("portal-refused", StatusCodes.Status403Forbidden) { PortalCode = code };
}

/// <summary>A value, or why there is none.</summary>
/// <param name="Value">The value.</param>
/// <param name="Refusal">Null exactly when there is a value.</param>
internal sealed record Attempt<T>(T? Value, Refusal? Refusal)
    where T : class
{
    public static implicit operator Attempt<T>(T value) => new(value, null);

    public static implicit operator Attempt<T>(Refusal refusal) => new(null, refusal);
}
