using MyPortal.CardAgent.AgentKey;
using MyPortal.CardAgent.Cards;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Transactions;

/// <summary>What became of a posted form.</summary>
/// <param name="End">The transaction is over.</param>
/// <param name="Refusal">Something stands in the way, the transaction stays open.</param>
/// <param name="Faults">The form must be filled in again; no PIN was presented to the card.</param>
/// <param name="Cards">The cards present, for the form.</param>
internal sealed record AnswerOutcome(TransactionEnd? End, Refusal? Refusal, IReadOnlyList<FormFault> Faults, IReadOnlyList<PresentCard> Cards);

/// <summary>One thing to correct in the form.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="TextKey">Sentence that says what to do.</param>
internal sealed record FormFault(string Field, string TextKey);

/// <summary>Takes the form: checks it, lets the card sign once, sends the answer once.</summary>
internal sealed class AnswerTransaction(CardDetector shelf, CardSigning signing, PortalClient portal, Installation installation, TimeProvider clock)
{
    public async Task<AnswerOutcome> ExecuteAsync(PendingTransaction transaction, SignForm form, CancellationToken cancellationToken)
    {
        if (form.Token != transaction.Token) return Blocked(Refusal.ForeignForm);

        await transaction.Turn.WaitAsync(cancellationToken);
        try
        {
            if (transaction.End is not null) return Ended(transaction.End);
            if (transaction.Request.Expires <= clock.GetUtcNow()) return Finish(transaction, Refusal.Expired);

            var cards = await Task.Run(shelf.Look, cancellationToken);
            if (cards.Count > 1 && form.Card.Length == 0) return new AnswerOutcome(null, null, [new FormFault(FieldNames.Card, "fault.card"), .. SecretFaults(form, transaction.Request)], cards);

            var choice = Choose(cards, form.Card, transaction.Request);
            if (choice.Value is null) return Blocked(choice.Refusal!);

            var faults = FaultsOf(form, transaction.Request, choice.Value).ToList();
            if (faults.Count > 0) return new AnswerOutcome(null, null, faults, cards);

            var signatures = await Task.Run(() => signing.Execute(choice.Value, transaction.Request, form), cancellationToken);
            if (signatures.Value is null) return Finish(transaction, signatures.Refusal!);

            return await SendAsync(transaction, signatures.Value, cancellationToken);
        }
        finally
        {
            transaction.Turn.Release();
        }
    }

    /// <summary>The card a form names, if it can do what is asked.</summary>
    internal static Attempt<PresentCard> Choose(IReadOnlyList<PresentCard> cards, string id, TransactionRequest request)
    {
        if (cards.Count == 0) return Refusal.NoCard;
        if (cards.FirstOrDefault(card => card.Id == id) is not { } chosen) return Refusal.WrongCard;
        if (!chosen.Carries(request.Certificates)) return Refusal.NoCertificate;

        foreach (var kind in request.Certificates)
        {
            if (chosen.TriesFor(kind) == 0) return Refusal.Locked(kind, endsTransaction: false);
        }

        return chosen;
    }

    private static IEnumerable<FormFault> FaultsOf(SignForm form, TransactionRequest request, PresentCard card) =>
        card.FewestTries(request.Certificates) == 1 && !form.LastTry
            ? [.. SecretFaults(form, request), new FormFault(FieldNames.LastTry, "fault.lastTry")]
            : SecretFaults(form, request);

    private static IEnumerable<FormFault> SecretFaults(SignForm form, TransactionRequest request)
    {
        foreach (var kind in request.Certificates)
        {
            var field = FieldNames.Of(kind);
            if (form[kind].IsEmpty) yield return new FormFault(field, $"fault.{field}.empty");
            else if (!form[kind].Fits(kind)) yield return new FormFault(field, $"fault.{field}.form");
        }
    }

    private static AnswerOutcome Blocked(Refusal refusal) => new(null, refusal, [], []);

    private static AnswerOutcome Ended(TransactionEnd end) => new(end, null, [], []);

    private static AnswerOutcome Finish(PendingTransaction transaction, Refusal refusal) => Ended(transaction.End = new TransactionEnd(null, refusal));

    private async Task<AnswerOutcome> SendAsync(PendingTransaction transaction, IReadOnlyList<CardSignature> signatures, CancellationToken cancellationToken)
    {
        var proof = ResponseProof.Make(installation.Key, transaction.Ticket.Address, transaction.ResponseSecret, signatures);
        var completion = await portal.AnswerAsync(transaction.Ticket, new CardResponse(transaction.ResponseSecret, signatures, proof), cancellationToken);
        return completion.Value is null
            ? Finish(transaction, completion.Refusal!)
            : Ended(transaction.End = new TransactionEnd(completion.Value.CompletionCode, null));
    }
}
