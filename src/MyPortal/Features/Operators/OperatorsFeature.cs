using Microsoft.AspNetCore.Authorization;
using MyPortal.Data;
using MyPortal.Features.Operators.Accounts;
using MyPortal.Features.Operators.Authorization;
using MyPortal.Features.Operators.Public;
using MyPortal.Features.Operators.Records;
using MyPortal.Web;

namespace MyPortal.Features.Operators;

/// <summary>Registers the services and routes of this feature.</summary>
internal static class OperatorsFeature
{
    public static void AddOperators(this IServiceCollection services)
    {
        services.AddSingleton<OperatorAuthorization>();
        services.AddSingleton<IAuthorizationHandler, RequiresRoleHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, StaleCardAnswer>();
        services.AddSingleton<CurrentOperator>();
        services.AddSingleton<OperatorSeal>();
        services.AddSingleton<IOperatorNames>(provider => provider.GetRequiredService<OperatorSeal>());
        services.AddSingleton<MakeAppointment>();
        services.AddSingleton<DecideAppointment>();
        services.AddSingleton<AcceptAppointment>();
        services.AddSingleton<EndOperator>();
        services.AddSingleton<ReadOperators>();
        services.AddSingleton<IConsoleWork>(provider => provider.GetRequiredService<ReadOperators>());
        services.AddSingleton<ReadRecords>();
        services.AddSingleton<AppointOperator>();
        services.AddSingleton<IPortalCommand>(provider => provider.GetRequiredService<AppointOperator>());
        services.AddSingleton<ITableCleaner, PurgeAppointments>();
    }

    public static void MapOperators(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/admin/audit/check", async (HttpContext http, ReadRecords records, CurrentOperator by) =>
        {
            await records.CheckAsync(by.Required, http.RequestAborted);
            return ProblemResults.SeeOther(http, "/admin/audit");
        }).WithMetadata(new RequiresRoleAttribute(OperatorRoles.Audit));
}
