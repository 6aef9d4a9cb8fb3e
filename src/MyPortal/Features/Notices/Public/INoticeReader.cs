using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Public;

/// <summary>
/// Opens notices that somebody may see by another right than being their owner. The caller has checked that right, gives the exact
/// notices, and records the access in its own unit of work.
/// </summary>
internal interface INoticeReader
{
    /// <summary>The rows of the named notices, all unread; what is not the owner's is left out.</summary>
    Task<IReadOnlyDictionary<NoticeId, InboxRow>> HeadsAsync(CitizenId owner, IReadOnlyCollection<NoticeId> ids, CancellationToken cancellationToken);

    /// <summary>One notice with its words; marks nothing as read.</summary>
    Task<Result<OpenedNotice>> ReadAsync(CitizenId owner, NoticeId id, CancellationToken cancellationToken);
}
