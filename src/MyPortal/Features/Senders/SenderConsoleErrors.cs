using MyPortal.Kernel;

namespace MyPortal.Features.Senders;

/// <summary>Refusals that operators meet when they admit and supervise senders. Senders never see them.</summary>
internal static class SenderConsoleErrors
{
    public static readonly Error NotFound = new("sender.not-found", ErrorKind.NotFound);
    public static readonly Error NameMissing = new("sender.name-missing", ErrorKind.Invalid);
    public static readonly Error AboutMissing = new("sender.about-missing", ErrorKind.Invalid);
    public static readonly Error ClientIdWrong = new("sender.client-id-wrong", ErrorKind.Invalid);
    public static readonly Error ClientIdTaken = new("sender.client-id-taken", ErrorKind.Conflict);
    public static readonly Error QuotaWrong = new("sender.quota-wrong", ErrorKind.Invalid);
    public static readonly Error ServicesWrong = new("sender.services-wrong", ErrorKind.Invalid);
    public static readonly Error BasisWrong = new("sender.basis-wrong", ErrorKind.Invalid);
    public static readonly Error RequesterWrong = new("sender.requester-wrong", ErrorKind.Invalid);
    public static readonly Error AddressRefused = new("sender.address-refused", ErrorKind.Invalid);
    public static readonly Error TopicsWrong = new("sender.topics-wrong", ErrorKind.Invalid);
    public static readonly Error ReasonMissing = new("sender.reason-missing", ErrorKind.Invalid);
    public static readonly Error CitizenTextMissing = new("sender.citizen-text-missing", ErrorKind.Invalid);

    /// <summary>Only its author changes or submits a proposal.</summary>
    public static readonly Error NotTheAuthor = new("sender.not-the-author", ErrorKind.Forbidden);

    /// <summary>Its author cannot decide a proposal.</summary>
    public static readonly Error OwnProposal = new("sender.own-proposal", ErrorKind.Forbidden);

    /// <summary>It was changed or decided meanwhile; what was read is not what stands there now.</summary>
    public static readonly Error ChangedMeanwhile = new("sender.changed-meanwhile", ErrorKind.Conflict);

    /// <summary>The sender is not in the state this act is for.</summary>
    public static readonly Error WrongState = new("sender.wrong-state", ErrorKind.Conflict);

    public static readonly Error KeyUnreadable = new("sender.key-unreadable", ErrorKind.Invalid);
    public static readonly Error KeyTaken = new("sender.key-taken", ErrorKind.Conflict);

    /// <summary>The same form was sent before. The private half of a pair it made went out with that answer alone.</summary>
    public static readonly Error KeyAddedAlready = new("sender.key-added-already", ErrorKind.Conflict);
    public static readonly Error KeyEndWrong = new("sender.key-end-wrong", ErrorKind.Invalid);
    public static readonly Error TooManyKeys = new("sender.too-many-keys", ErrorKind.Conflict);
    public static readonly Error NotAdmitted = new("sender.not-admitted", ErrorKind.Conflict);
}
