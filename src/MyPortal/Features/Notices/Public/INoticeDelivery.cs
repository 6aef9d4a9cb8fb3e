using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Features.Notices.Public;

/// <summary>What may be known of a notice at the moment of its delivery; none of its words.</summary>
internal sealed record DeliveredNotice(NoticeId Id, CitizenId Owner, SenderId Sender, NoticeType Type, DateTimeOffset DeliveredAt);

/// <summary>Takes part in the delivery of a notice.</summary>
internal interface INoticeDelivery
{
    /// <summary>Adds to the unit of work and transaction of the delivery; what is added is kept with the notice or not at all.</summary>
    Task AddAsync(PortalDbContext db, DeliveredNotice notice, CancellationToken cancellationToken);
}
