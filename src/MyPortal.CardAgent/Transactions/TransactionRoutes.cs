using Microsoft.AspNetCore.Mvc;
using MyPortal.CardAgent.Guards;
using MyPortal.CardAgent.Pages;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Transactions;

/// <summary>
/// The agent's addresses for transactions. Work goes on when the browser leaves and stops only with the agent: whoever reloads waits for the
/// same fetch, and a PIN once presented must not be presented again.
/// </summary>
internal static class TransactionRoutes
{
    public static void MapTransactions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign", EnterAsync).AddEndpointFilter<NavigationRule>();
        routes.MapGet("/sign/{id}", ShowAsync).AddEndpointFilter<NavigationRule>();
        routes.MapPost("/sign/{id}", AnswerAsync).AddEndpointFilter<OwnFormRule>();
    }

    private static async Task<IResult> EnterAsync(
        string? tx, string? ui, [FromQuery(Name = "for")] string? what, OriginAllowList origins, OpenTransaction open, TransactionPages pages, IHostApplicationLifetime lifetime)
    {
        var language = Language.Choose(ui);
        var ticket = origins.Read(tx);
        if (ticket.Value is null) return EndPages.Refused(language, ticket.Refusal!);

        var transaction = await open.ExecuteAsync(ticket.Value, lifetime.ApplicationStopping);
        if (transaction.Value is null) return EndPages.Refused(language, transaction.Refusal!, ticket.Value, purpose: PurposeIn(what));

        transaction.Value.Language = language;
        return await pages.ShowAsync(transaction.Value);
    }

    // Says only where the person begins anew when there is no document that could tell; nothing is signed because of it.
    private static CardPurpose PurposeIn(string? word) => word switch
    {
        "enrol" => CardPurpose.Enrol,
        "step-up" => CardPurpose.StepUp,
        "sign" => CardPurpose.Sign,
        _ => CardPurpose.Login,
    };

    private static async Task<IResult> ShowAsync(string id, TransactionStore transactions, TransactionPages pages) =>
        transactions.Find(id) is { } transaction ? await pages.ShowAsync(transaction) : EndPages.Refused(Language.Japanese, Refusal.UnknownTransaction);

    private static async Task<IResult> AnswerAsync(string id, HttpRequest request, TransactionStore transactions, [FromServices] AnswerTransaction answer, TransactionPages pages, IHostApplicationLifetime lifetime)
    {
        if (transactions.Find(id) is not { } transaction) return EndPages.Refused(Language.Japanese, Refusal.UnknownTransaction);

        using var form = await SignForm.ReadAsync(request, request.HttpContext.RequestAborted);
        return form is null
            ? EndPages.Refused(transaction, Refusal.ForeignForm)
            : pages.PageOf(transaction, form, await answer.ExecuteAsync(transaction, form, lifetime.ApplicationStopping));
    }
}
