using Microsoft.AspNetCore.Mvc;
using MyPortal.CardAgent.Guards;
using MyPortal.CardAgent.Pages;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Visits;

/// <summary>
/// The agent's addresses for visits. Work goes on when the browser leaves and stops only with the agent: whoever reloads waits for the
/// same fetch, and a PIN once presented must not be presented again.
/// </summary>
internal static class VisitRoutes
{
    public static void MapVisits(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign", EnterAsync).AddEndpointFilter<NavigationRule>();
        routes.MapGet("/sign/{id}", ShowAsync).AddEndpointFilter<NavigationRule>();
        routes.MapPost("/sign/{id}", AnswerAsync).AddEndpointFilter<OwnFormRule>();
    }

    private static async Task<IResult> EnterAsync(
        string? tx, string? ui, [FromQuery(Name = "for")] string? what, OriginAllowList origins, OpenVisit open, VisitPages pages, IHostApplicationLifetime lifetime)
    {
        var language = Language.Choose(ui);
        var ticket = origins.Read(tx);
        if (ticket.Value is null) return EndPages.Refused(language, ticket.Refusal!);

        var visit = await open.ExecuteAsync(ticket.Value, lifetime.ApplicationStopping);
        if (visit.Value is null) return EndPages.Refused(language, visit.Refusal!, ticket.Value, purpose: PurposeIn(what));

        visit.Value.Language = language;
        return await pages.ShowAsync(visit.Value);
    }

    // Says only where the person begins anew when there is no document that could tell; nothing is signed because of it.
    private static CardPurpose PurposeIn(string? word) => word switch
    {
        "enrol" => CardPurpose.Enrol,
        "step-up" => CardPurpose.StepUp,
        "sign" => CardPurpose.Sign,
        _ => CardPurpose.Login,
    };

    private static async Task<IResult> ShowAsync(string id, VisitStore visits, VisitPages pages) =>
        visits.Find(id) is { } visit ? await pages.ShowAsync(visit) : EndPages.Refused(Language.Japanese, Refusal.UnknownVisit);

    private static async Task<IResult> AnswerAsync(string id, HttpRequest request, VisitStore visits, [FromServices] AnswerVisit answer, VisitPages pages, IHostApplicationLifetime lifetime)
    {
        if (visits.Find(id) is not { } visit) return EndPages.Refused(Language.Japanese, Refusal.UnknownVisit);

        using var form = await SignForm.ReadAsync(request, request.HttpContext.RequestAborted);
        return form is null
            ? EndPages.Refused(visit, Refusal.ForeignForm)
            : pages.PageOf(visit, form, await answer.ExecuteAsync(visit, form, lifetime.ApplicationStopping));
    }
}
