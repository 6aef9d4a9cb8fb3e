using MyPortal.Kernel;

namespace MyPortal.Features.Notices;

/// <summary>Refusals around notices. Codes are published in docs/sender-api.md.</summary>
internal static class NoticeErrors
{
    /// <summary>Not there, or not the caller's: both answer alike.</summary>
    public static readonly Error NotFound = new("notice.not-found", ErrorKind.NotFound);

    /// <summary>The stored bytes are not what was sealed: somebody or something changed them.</summary>
    public static readonly Error Unreadable = new("notice.unreadable", ErrorKind.Unavailable);

    /// <summary>Malformed, unknown, another sender's or withdrawn recipient code: all answer alike.</summary>
    public static readonly Error RecipientUnknown = new("notice.recipient-unknown", ErrorKind.Forbidden);

    /// <summary>The person takes no notices of this service at the moment; the consent still stands.</summary>
    public static readonly Error RecipientStopped = new("notice.recipient-stopped", ErrorKind.Forbidden);

    public static readonly Error Invalid = new("notice.invalid", ErrorKind.Invalid);
    public static readonly Error KeyMissing = new("idempotency.key-missing", ErrorKind.Invalid);
    public static readonly Error KeyReused = new("idempotency.key-reused", ErrorKind.Conflict);
}
