using System.Globalization;
using MyPortal.CardAgent.Cards;
using MyPortal.CardAgent.Transactions;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Pages;

/// <summary>Asks for the PIN: who asks, for what, match code, tries left. The only page anywhere with a PIN field.</summary>
internal sealed class AskPage(PendingTransaction transaction, IReadOnlyList<PresentCard> cards, string phrase, IReadOnlyList<FormFault> faults, string chosen = "", bool knowsLastTry = false)
{
    private static readonly TimeSpan JapanTime = TimeSpan.FromHours(9);
    private readonly Texts _texts = Texts.In(transaction.Language);
    private readonly TransactionRequest _request = transaction.Request;

    private IReadOnlyList<PresentCard> Usable { get; } = [.. cards.Where(card => card.Carries(transaction.Request.Certificates) && card.FewestTries(transaction.Request.Certificates) > 0)];

    public HtmlPage Build()
    {
        var heading = $"ask.{Word}";
        var prefix = faults.Count > 0 ? _texts.Plain("title.error") : "";
        var content = Html.Of($"""
            {ErrorSummary()}
            <h1>{_texts[heading]}</h1>
            {Facts()}
            {Text()}
            {Form()}
            {Help()}
            """);
        var status = faults.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        return new HtmlPage(transaction.Language, prefix + _texts.Plain(heading), content, status, transaction.Ticket.Origin);
    }

    private string Word => _request.Purpose switch
    {
        CardPurpose.Enrol => "enrol",
        CardPurpose.StepUp => "stepUp",
        CardPurpose.Sign => "sign",
        _ => "login",
    };

    private Html ErrorSummary() => faults.Count == 0 ? Html.Empty : Html.Of($"""
        <div class="errors" role="alert" tabindex="-1" autofocus>
        <h2>{_texts["errors.title"]}</h2>
        <ul>{Html.Join(faults.Select(fault => Html.Of($"""<li><a href="#{fault.Field}">{_texts[fault.TextKey]}</a></li>""")))}</ul>
        </div>
        """);

    private Html Facts()
    {
        var expires = _request.Expires.ToOffset(JapanTime);
        var time = Html.Of($"""<time datetime="{_request.Expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}">{expires.ToString("HH:mm", CultureInfo.InvariantCulture)}</time>""");
        return Html.Of($"""
            <p class="match"><span>{_texts["ask.match"]}</span> <strong id="match-code">{_request.MatchCode}</strong></p>
            <p class="hint">{_texts["ask.match.hint"]}</p>
            <dl>
            <div><dt>{_texts["ask.who"]}</dt><dd id="origin">{transaction.Ticket.Origin}</dd></div>
            <div><dt>{_texts["ask.what"]}</dt><dd>{_texts[$"purpose.{Word}"]}</dd></div>
            {(_request.AsksForLink ? Html.Of($"""<div><dt>{_texts["ask.link"]}</dt><dd id="link">{_texts["ask.link.text"]}</dd></div>""") : Html.Empty)}
            <div><dt>{_texts["ask.until"]}</dt><dd>{time} {_texts["ask.until.zone"]}</dd></div>
            </dl>
            """);
    }

    // The portal's own words for the person are Japanese, whatever the language of this page.
    private Html Text() => _request.Text is not { } text ? Html.Empty : Html.Of($"""
        <section aria-labelledby="text-title">
        <h2 id="text-title">{_texts["text.title"]}</h2>
        <p>{_texts[text.Role == SigningRole.Principal ? "text.principal" : "text.proxy"]}</p>
        <div class="signed-text" id="signed-text" lang="ja">{Html.Join(text.Lines.Where(line => line.Length > 0).Select(line => Html.Of($"<p>{line}</p>")))}</div>
        <p class="hint">{_texts["text.hint"]}</p>
        </section>
        """);

    private Html Form() => Html.Of($"""
        <form method="post" action="/sign/{transaction.Id}" autocomplete="off">
        <input type="hidden" name="{FieldNames.Token}" value="{transaction.Token}">
        {CardChoice()}
        <div class="phrase"><p><span>{_texts["ask.phrase"]}</span> <strong lang="ja">{phrase}</strong></p><p class="hint">{_texts["ask.phrase.hint"]}</p></div>
        {Html.Join(_request.Certificates.Select(SecretField))}
        {LastTry()}
        <p class="buttons"><button type="submit" class="primary">{_texts["ask.submit"]}</button> <a class="button" href="{transaction.Ticket.StartOf(_request.Purpose)}">{_texts["ask.cancel"]}</a></p>
        </form>
        """);

    private Html CardChoice() => cards.Count == 1
        ? Html.Of($"""<input type="hidden" name="{FieldNames.Card}" value="{cards[0].Id}">""")
        : Html.Of($"""
            <fieldset><legend>{_texts["ask.card"]} <span class="required">{_texts["required"]}</span></legend>
            {ErrorOf(FieldNames.Card)}
            {Html.Join(Usable.Select(CardRadio))}
            </fieldset>
            """);

    private Html CardRadio(PresentCard card, int index)
    {
        // The error summary leads to the first choice.
        var id = index == 0 ? Html.Of($" id=\"{FieldNames.Card}\"") : Html.Empty;
        var isChosen = card.Id == chosen ? Html.Of($" checked") : Html.Empty;
        return Html.Of($"""
            <label class="choice"><input type="radio" name="{FieldNames.Card}" value="{card.Id}"{isChosen}{id}> <span>{card.Id} {TriesLeft(card)}</span></label>
            """);
    }

    private Html TriesLeft(PresentCard card) => Html.Join(_request.Certificates.Select(kind =>
        Html.Of($"""<span class="hint">{_texts[$"left.{FieldNames.Of(kind)}", ("n", Number(card.TriesFor(kind) ?? 0))]}</span> """)));

    private Html ErrorOf(string field) => faults.FirstOrDefault(fault => fault.Field == field) is { } fault
        ? Html.Of($"""<p class="error" id="{field}-error">{_texts[fault.TextKey]}</p>""")
        : Html.Empty;

    private Html SecretField(CertificateKind kind)
    {
        var field = FieldNames.Of(kind);
        var error = ErrorOf(field);
        var isFaulty = error != Html.Empty;
        var numeric = kind == CertificateKind.Authentication ? Html.Of($" inputmode=\"numeric\"") : Html.Empty;
        var invalid = isFaulty ? Html.Of($" aria-invalid=\"true\"") : Html.Empty;
        return Html.Of($"""
            <div class="field">
            <label for="{field}">{_texts["label." + field]} <span class="required">{_texts["required"]}</span></label>
            <p class="hint" id="{field}-hint">{_texts["hint." + field]} {(cards.Count == 1 ? TriesOf(cards[0], kind) : Html.Empty)}</p>
            {error}
            <input id="{field}" name="{field}" type="password" autocomplete="off" autocapitalize="off" spellcheck="false"{numeric}{invalid} aria-describedby="{field}-hint{(isFaulty ? $" {field}-error" : "")}">
            </div>
            """);
    }

    private Html TriesOf(PresentCard card, CertificateKind kind) =>
        Html.Of($"""<strong class="tries">{_texts[$"tries.{FieldNames.Of(kind)}", ("n", Number(card.TriesFor(kind) ?? 0))]}</strong>""");

    private Html LastTry()
    {
        if (!Usable.Any(card => card.FewestTries(_request.Certificates) == 1)) return Html.Empty;

        var isTicked = knowsLastTry ? Html.Of($" checked") : Html.Empty;
        return Html.Of($"""
            <div class="field">
            {ErrorOf(FieldNames.LastTry)}
            <label class="choice"><input id="{FieldNames.LastTry}" type="checkbox" name="{FieldNames.LastTry}" value="yes"{isTicked}> <span>{_texts["label.lastTry"]}</span></label>
            </div>
            """);
    }

    private Html Help() => Html.Of($"""
        <details><summary>{_texts["help.title"]}</summary>
        {Html.Join(_request.Certificates.Select(kind => Html.Of($"<p>{_texts["help." + FieldNames.Of(kind)]}</p>")))}
        <p>{_texts["help.unlock"]}</p>
        </details>
        """);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
