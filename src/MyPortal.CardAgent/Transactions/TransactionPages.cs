using MyPortal.CardAgent.AgentKey;
using MyPortal.CardAgent.Cards;
using MyPortal.CardAgent.Pages;

namespace MyPortal.CardAgent.Transactions;

/// <summary>Chooses the page that fits the state of a transaction.</summary>
internal sealed class TransactionPages(CardDetector shelf, Installation installation, TimeProvider clock)
{
    public async Task<HtmlPage> ShowAsync(PendingTransaction transaction)
    {
        if (transaction.End is { } end) return PageOf(transaction, end);
        if (transaction.Request.Expires <= clock.GetUtcNow()) return EndPages.Refused(transaction, Refusal.Expired);

        var cards = await Task.Run(shelf.Look);
        var choices = cards.Select(card => AnswerTransaction.Choose(cards, card.Id, transaction.Request)).ToList();
        var hindrance = choices.Exists(choice => choice.Value is not null) ? null : choices.FirstOrDefault()?.Refusal ?? Refusal.NoCard;
        return hindrance is null
            ? new AskPage(transaction, cards, installation.Phrase, []).Build()
            : EndPages.Refused(transaction, hindrance);
    }

    public HtmlPage PageOf(PendingTransaction transaction, SignForm form, AnswerOutcome outcome)
    {
        if (outcome.End is { } end) return PageOf(transaction, end);
        return outcome.Refusal is { } refusal
            ? EndPages.Refused(transaction, refusal)
            : new AskPage(transaction, outcome.Cards, installation.Phrase, outcome.Faults, form.Card, form.LastTry).Build();
    }

    private static HtmlPage PageOf(PendingTransaction transaction, TransactionEnd end) => end.CompletionCode is { } code
        ? EndPages.Done(transaction, code)
        : EndPages.Refused(transaction, end.Refusal!);
}
