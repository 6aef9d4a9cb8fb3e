using Microsoft.AspNetCore.Authorization;
using MyPortal.Data;
using MyPortal.Features.Operators.Entrance;
using MyPortal.Features.Operators.Public;
using MyPortal.Features.Operators.Records;
using MyPortal.Features.Operators.Staff;
using MyPortal.Kernel;

namespace MyPortal.Features.Operators;

/// <summary>The doors of this feature.</summary>
internal static class OperatorsFeature
{
    public static void AddOperators(this IServiceCollection services)
    {
        services.AddSingleton<OperatorGate>();
        services.AddSingleton<IAuthorizationHandler, RequiresRoleHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, StaleCardAnswer>();
        services.AddSingleton<CurrentOperator>();
        services.AddSingleton<StaffSeal>();
        services.AddSingleton<IOperatorNames>(provider => provider.GetRequiredService<StaffSeal>());
        services.AddSingleton<MakeAppointment>();
        services.AddSingleton<DecideAppointment>();
        services.AddSingleton<AcceptAppointment>();
        services.AddSingleton<EndOperator>();
        services.AddSingleton<ReadStaff>();
        services.AddSingleton<IConsoleWork>(provider => provider.GetRequiredService<ReadStaff>());
        services.AddSingleton<ReadRecords>();
        services.AddSingleton<AppointOperator>();
        services.AddSingleton<ITableCleaner, ForgetAppointments>();
    }

    public static void MapOperators(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/admin/audit/check", async (HttpContext http, ReadRecords records, CurrentOperator by) =>
        {
            await records.CheckAsync(by.Required, http.RequestAborted);
            return HttpAnswers.SeeOther(http, "/admin/audit");
        }).WithMetadata(new RequiresRoleAttribute(OperatorRoles.Audit));
}
