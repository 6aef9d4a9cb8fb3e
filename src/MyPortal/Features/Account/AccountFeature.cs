using MyPortal.Ui;


namespace MyPortal.Features.Account;

/// <summary>Registers the services and routes of this feature.</summary>
internal static class AccountFeature
{
    public static void AddAccount(this IServiceCollection services)
    {
        services.AddSingleton<ReadAccount>();
        services.AddSingleton(new HomeTile(10, typeof(LossCodeTile)));
        services.AddSingleton(new HomeTile(30, typeof(CardTile), Aside: true));
    }

    public static void MapAccount(this IEndpointRouteBuilder routes) => routes.MapAccountApi();
}
