using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MyPortal.Ui;

/// <summary>Registers the services of the design system.</summary>
internal static class UiServices
{
    /// <summary>Registers what the components ask for: texts and the clock.</summary>
    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(typeof(PageText<>));
        return services;
    }
}
