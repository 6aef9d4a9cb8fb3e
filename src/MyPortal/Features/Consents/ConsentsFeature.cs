using MyPortal.Data;
using MyPortal.Features.Consents.Deciding;
using MyPortal.Features.Consents.Keeping;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Consents.Requesting;
using MyPortal.Features.Consents.SenderSettings;
using MyPortal.Features.Consents.Withdrawing;
using MyPortal.Outbox;
using MyPortal.Sealing;
using MyPortal.Ui;

namespace MyPortal.Features.Consents;

/// <summary>Registers the services and routes of this feature.</summary>
internal static class ConsentsFeature
{
    public static void AddConsents(this IServiceCollection services)
    {
        services.AddSingleton<RecipientCodes>();
        services.AddSingleton<RecipientDirectory>();
        services.AddSingleton<IRecipientDirectory>(provider => provider.GetRequiredService<RecipientDirectory>());
        services.AddSingleton<PushConsent>();
        services.AddSingleton<StartConsent>();
        services.AddSingleton<ReturnToBusiness>();
        services.AddSingleton<FetchConsentResult>();
        services.AddSingleton<ReadConsentRequest>();
        services.AddSingleton<WriteReceipts>();
        services.AddSingleton<IKeyWitness>(new ReceiptWitness("receipt.p8"));
        services.AddSingleton<IKeyWitness>(new ReceiptWitness("receipt.cer"));
        services.AddSingleton<DecideConsent>();
        services.AddSingleton<ListConsents>();
        services.AddSingleton<IConsentCounters>(provider => provider.GetRequiredService<ListConsents>());
        services.AddSingleton<ReadConsent>();
        services.AddSingleton<WithdrawConsents>();
        services.AddSingleton<AcknowledgeConsent>();
        services.AddSingleton<IOutboxMessageHandler, WithdrawalMessages>();
        services.AddSingleton<SenderChoices>();
        services.AddSingleton(new HomeTile(15, typeof(RequestsTile)));
        services.AddSingleton<ITableCleaner, PurgeConsentVisits>();
        services.AddSingleton<IReadingDisclosure, ReadingDisclosure>();
        services.AddSingleton<IKnownSenders, KnownSenders>();
    }

    public static void MapConsents(this IEndpointRouteBuilder routes)
    {
        routes.MapConsentsApi();
        routes.MapConsentsEndpoints();
    }
}
