using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Public;

/// <summary>
/// Opens notices that somebody may see by another right than being their owner. The caller has checked that right, gives the exact
/// notices and its own unit of work, in which everything is read and in which it records the access.
/// </summary>
internal interface INoticeReader
{
    /// <summary>The rows of the named notices, all unread; what is not the owner's is left out.</summary>
    Task<IReadOnlyDictionary<NoticeId, InboxRow>> HeadsAsync(PortalDbContext db, CitizenId owner, IReadOnlyCollection<NoticeId> ids, CancellationToken cancellationToken);

    /// <summary>One notice with its words; marks nothing as read.</summary>
    Task<Result<OpenedNotice>> ReadAsync(PortalDbContext db, CitizenId owner, NoticeId id, CancellationToken cancellationToken);
}
