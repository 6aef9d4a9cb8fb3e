using MyPortal.Data;
using MyPortal.Features.SignIn.Card;
using MyPortal.Features.SignIn.Enrolment;
using MyPortal.Features.SignIn.Public;

namespace MyPortal.Features.SignIn;

/// <summary>Section <c>CardAgent</c>: where the citizen's own program answers.</summary>
internal sealed record CardAgentOptions
{
    public const string Section = "CardAgent";

    /// <summary>Loopback address of the agent; the same on every citizen's machine.</summary>
    public string Address { get; init; } = "http://127.0.0.1:5081";
}

/// <summary>Registers the services and routes of this feature.</summary>
internal static class SignInFeature
{
    public static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        var agent = configuration.GetSection(CardAgentOptions.Section).Get<CardAgentOptions>() ?? new CardAgentOptions();
        if (!Uri.TryCreate(agent.Address, UriKind.Absolute, out var address) || !address.IsLoopback)
        {
            throw new InvalidOperationException($"CardAgent:Address is '{agent.Address}'; it must be an address on the citizen's own machine.");
        }

        services.AddSingleton(agent);
        services.AddSingleton<CardTrail>();
        services.AddSingleton<StartCardTransaction>();
        services.AddSingleton<ReadCardTransaction>();
        services.AddSingleton<FetchCardDocument>();
        services.AddSingleton<ISignWithCard, SignWithCard>();
        services.AddTransient<CardVerification>();
        services.AddSingleton<CardHolderResolver>();
        services.AddSingleton<CardTransactionEffects>();
        services.AddTransient<AnswerCardTransaction>();
        services.AddSingleton<EnrolCitizen>();
        services.AddSingleton<CompleteCardTransaction>();
        services.AddSingleton<ITableCleaner, PurgeCardTransactions>();
    }

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapSignInApi();
    }
}
