using MyPortal.Data;
using MyPortal.Features.Notices.Delivery;
using MyPortal.Features.Notices.Inbox;
using MyPortal.Features.Notices.Public;
using MyPortal.Features.Notices.Sending;
using MyPortal.Ui;

namespace MyPortal.Features.Notices;

/// <summary>Registers the services and routes of this feature.</summary>
internal static class NoticesFeature
{
    public static void AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<SendNotice>();
        services.AddSingleton<CountDelivery>();
        services.AddSingleton<ReadDelivery>();
        services.AddSingleton<ReadNoticeStatus>();
        services.AddSingleton<NoticeReader>();
        services.AddSingleton<INoticeReader>(provider => provider.GetRequiredService<NoticeReader>());
        services.AddSingleton<ListInbox>();
        services.AddSingleton<ListDueNotices>();
        services.AddSingleton<NoticeEvents>();
        services.AddSingleton<MarkNoticeRead>();
        services.AddSingleton<MarkDone>();
        services.AddSingleton<OpenNotice>();
        services.AddSingleton<IMailboxCounters, MailboxCounters>();
        services.AddSingleton(new HomeTile(15, typeof(DueNoticesTile)));
        services.AddScoped<MailboxChanges>();
        services.AddSingleton(new HomeTile(20, typeof(NewNoticesTile)));
        services.AddSingleton<ITableCleaner, PurgeAcceptedPosts>();
        services.AddSingleton<ITableCleaner, PurgeDeliveryCounts>();
        services.AddHostedService<MarkToDos>();
    }

    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        routes.MapNoticesApi();
        routes.MapInboxForms();
    }
}
