using Microsoft.AspNetCore.Mvc;
using MyPortal.CardAgent.AgentKey;
using MyPortal.CardAgent.Cards;
using MyPortal.CardAgent.Guards;
using MyPortal.CardAgent.Pages;

namespace MyPortal.CardAgent.Visits;

/// <summary>The agent's addresses for visits.</summary>
internal static class VisitRoutes
{
    public static void MapVisits(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign", EnterAsync).AddEndpointFilter<NavigationRule>();
        routes.MapGet("/sign/{id}", ShowAsync).AddEndpointFilter<NavigationRule>();
        routes.MapPost("/sign/{id}", AnswerAsync).AddEndpointFilter<OwnFormRule>();
    }

    private static async Task<IResult> EnterAsync(string? tx, string? ui, OriginAllowList origins, OpenVisit open, CardShelf shelf, Installation installation)
    {
        var language = Language.Choose(ui);
        var ticket = origins.Read(tx);
        if (ticket.Value is null) return EndPages.Refused(language, ticket.Refusal!);

        var visit = await open.ExecuteAsync(ticket.Value);
        if (visit.Value is null) return EndPages.Refused(language, visit.Refusal!, ticket.Value);

        visit.Value.Language = language;
        return await PageOfAsync(visit.Value, shelf, installation);
    }

    private static async Task<IResult> ShowAsync(string id, VisitStore visits, CardShelf shelf, Installation installation) =>
        visits.Find(id) is { } visit
            ? await PageOfAsync(visit, shelf, installation)
            : EndPages.Refused(Language.Japanese, Refusal.UnknownVisit);

    private static async Task<IResult> AnswerAsync(string id, HttpRequest request, VisitStore visits, [FromServices] AnswerVisit answer, Installation installation)
    {
        if (visits.Find(id) is not { } visit) return EndPages.Refused(Language.Japanese, Refusal.UnknownVisit);

        using var form = await SignForm.ReadAsync(request, request.HttpContext.RequestAborted);
        if (form is null) return EndPages.Refused(visit, Refusal.ForeignForm);

        var outcome = await answer.ExecuteAsync(visit, form);
        if (outcome.End is { } end) return PageOf(visit, end);
        if (outcome.Refusal is { } refusal) return EndPages.Refused(visit, refusal);
        return new AskPage(visit, outcome.Cards, installation.Phrase, outcome.Faults).Build();
    }

    private static async Task<IResult> PageOfAsync(Visit visit, CardShelf shelf, Installation installation)
    {
        if (visit.End is { } end) return PageOf(visit, end);

        var cards = await Task.Run(shelf.Look);
        var hindrance = cards switch
        {
            [] => Refusal.NoCard,
            [var only] => AnswerVisit.Choose(cards, only.Id, visit.Request).Refusal,
            _ => null,
        };
        return hindrance is null
            ? new AskPage(visit, cards, installation.Phrase, []).Build()
            : EndPages.Refused(visit, hindrance);
    }

    private static HtmlPage PageOf(Visit visit, VisitEnd end) => end.CompletionCode is { } code
        ? EndPages.Done(visit, code)
        : EndPages.Refused(visit, end.Refusal!);
}
