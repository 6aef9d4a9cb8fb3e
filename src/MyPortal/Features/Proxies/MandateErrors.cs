using MyPortal.Kernel;

namespace MyPortal.Features.Proxies;

/// <summary>Refusals around mandates and folders.</summary>
internal static class MandateErrors
{
    /// <summary>Not there, not the viewer's, or out of scope: all answer alike.</summary>
    public static readonly Error NotFound = new("mandate.not-found", ErrorKind.NotFound);

    /// <summary>Malformed, unknown, used, expired, taken back or one's own invitation: all answer alike.</summary>
    public static readonly Error InvitationUnusable = new("mandate.invitation-unusable", ErrorKind.NotFound);

    /// <summary>What should be signed is not in that state any more.</summary>
    public static readonly Error Over = new("mandate.over", ErrorKind.Conflict);

    /// <summary>The mandate names somebody else than the certificate of the person who signed.</summary>
    public static readonly Error NameDiffers = new("mandate.name-differs", ErrorKind.Conflict);

    /// <summary>The draft of a mandate has a fault; the pages say which.</summary>
    public static readonly Error Invalid = new("mandate.invalid", ErrorKind.Invalid);
}
