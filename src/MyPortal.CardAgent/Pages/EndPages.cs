using System.Globalization;
using MyPortal.CardAgent.Transactions;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Pages;

/// <summary>Pages without a form: what the program is, the way back after success, and refusals.</summary>
internal static class EndPages
{
    private const string NotEnrolled = "card.not-enrolled";
    private const string AlreadyEnrolled = "card.already-enrolled";
    private const string PersonEnrolled = "card.person-enrolled";

    public static HtmlPage About(Language language)
    {
        var texts = Texts.In(language);
        return new HtmlPage(language, texts.Plain("about.title"), Html.Of($"""
            <h1>{texts["about.title"]}</h1>
            <p>{texts["about.what"]}</p>
            <p>{texts["about.how"]}</p>
            <p>{texts["about.pin"]}</p>
            <p class="reference">{texts["about.version", ("version", AgentBuild.Version)]}</p>
            """));
    }

    public static HtmlPage Done(PendingTransaction transaction, string completionCode)
    {
        var texts = Texts.In(transaction.Language);
        return new HtmlPage(transaction.Language, texts.Plain("title.done") + texts.Plain("done.title"), Html.Of($"""
            <h1>{texts["done.title"]}</h1>
            <p>{texts["done.next"]}</p>
            <p class="buttons"><a id="complete" class="button primary" href="{transaction.Ticket.Complete(completionCode)}">{texts["done.back"]}</a></p>
            """), FormOrigin: transaction.Ticket.Origin);
    }

    /// <summary>A refusal within a transaction: what happened and what to do next.</summary>
    public static HtmlPage Refused(PendingTransaction transaction, Refusal refusal) =>
        Refused(transaction.Language, refusal, transaction.Ticket, refusal.EndsTransaction ? null : $"/sign/{transaction.Id}", transaction.Request.Purpose);

    /// <summary>A refusal: what happened and what to do next.</summary>
    /// <param name="language">Language of the page.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="ticket">Whose request it was, if that is known and allowed.</param>
    /// <param name="retry">Where another try is possible.</param>
    /// <param name="purpose">What the card was asked for, if that is known.</param>
    public static HtmlPage Refused(Language language, Refusal refusal, TicketAddress? ticket = null, string? retry = null, CardPurpose purpose = CardPurpose.Login)
    {
        var texts = Texts.In(language);
        var key = KeyOf(refusal, texts);
        return new HtmlPage(language, texts.Plain("title.error") + texts.Plain(key + ".title"), Html.Of($"""
            <div data-refusal="{refusal.Code}" data-portal-code="{refusal.PortalCode}">
            <h1>{texts[key + ".title"]}</h1>
            <p>{texts[key + ".what", ("n", refusal.TriesLeft.ToString(CultureInfo.InvariantCulture))]}</p>
            <p>{texts[key + ".next"]}</p>
            {Buttons(texts, ticket, retry, refusal.PortalCode, purpose)}
            </div>
            """), refusal.Status, ticket?.Origin);
    }

    private static string KeyOf(Refusal refusal, Texts texts)
    {
        var candidates = new[]
        {
            refusal.Secret is { } secret ? $"refusal.{refusal.Code}.{FieldNames.Of(secret)}" : null,
            refusal.PortalCode is { } code ? $"portal.{code}" : null,
        };
        return candidates.FirstOrDefault(key => key is not null && texts.Has(key + ".title")) ?? $"refusal.{refusal.Code}";
    }

    private static Html Buttons(Texts texts, TicketAddress? ticket, string? retry, string? portalCode, CardPurpose purpose) => (ticket, retry) switch
    {
        (null, _) => Html.Empty,
        (_, null) when portalCode is NotEnrolled => Html.Of($"""<p class="buttons"><a class="button primary" href="{ticket.Enrol}">{texts["enrol"]}</a></p>"""),
        (_, null) when portalCode is AlreadyEnrolled or PersonEnrolled => Html.Of($"""<p class="buttons"><a class="button primary" href="{ticket.Start}">{texts["login"]}</a></p>"""),
        (_, null) => Html.Of($"""<p class="buttons"><a class="button primary" href="{ticket.StartOf(purpose)}">{texts["restart"]}</a></p>"""),
        _ => Html.Of($"""<p class="buttons"><a class="button primary" href="{retry}">{texts["retry"]}</a> <a class="button" href="{ticket.StartOf(purpose)}">{texts["ask.cancel"]}</a></p>"""),
    };
}
