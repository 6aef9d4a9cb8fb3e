using MyPortal.CardAgent.AgentKey;
using MyPortal.CardAgent.Cards;
using MyPortal.CardAgent.Pages;

namespace MyPortal.CardAgent.Visits;

/// <summary>Chooses the page that fits the state of a visit.</summary>
internal sealed class VisitPages(CardShelf shelf, Installation installation, TimeProvider clock)
{
    public async Task<HtmlPage> ShowAsync(Visit visit)
    {
        if (visit.End is { } end) return PageOf(visit, end);
        if (visit.Request.Expires <= clock.GetUtcNow()) return EndPages.Refused(visit, Refusal.Expired);

        var cards = await Task.Run(shelf.Look);
        var choices = cards.Select(card => AnswerVisit.Choose(cards, card.Id, visit.Request)).ToList();
        var hindrance = choices.Exists(choice => choice.Value is not null) ? null : choices.FirstOrDefault()?.Refusal ?? Refusal.NoCard;
        return hindrance is null
            ? new AskPage(visit, cards, installation.Phrase, []).Build()
            : EndPages.Refused(visit, hindrance);
    }

    public HtmlPage PageOf(Visit visit, SignForm form, AnswerOutcome outcome)
    {
        if (outcome.End is { } end) return PageOf(visit, end);
        return outcome.Refusal is { } refusal
            ? EndPages.Refused(visit, refusal)
            : new AskPage(visit, outcome.Cards, installation.Phrase, outcome.Faults, form.Card, form.LastTry).Build();
    }

    private static HtmlPage PageOf(Visit visit, VisitEnd end) => end.CompletionCode is { } code
        ? EndPages.Done(visit, code)
        : EndPages.Refused(visit, end.Refusal!);
}
