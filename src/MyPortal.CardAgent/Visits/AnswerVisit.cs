using MyPortal.CardAgent.AgentKey;
using MyPortal.CardAgent.Cards;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Visits;

/// <summary>What became of a posted form.</summary>
/// <param name="End">The visit is over.</param>
/// <param name="Refusal">Something stands in the way, the visit stays open.</param>
/// <param name="Faults">The form must be filled in again; no PIN was presented to the card.</param>
/// <param name="Cards">The cards present, for the form.</param>
internal sealed record AnswerOutcome(VisitEnd? End, Refusal? Refusal, IReadOnlyList<FormFault> Faults, IReadOnlyList<PresentCard> Cards);

/// <summary>One thing to correct in the form.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="TextKey">Sentence that says what to do.</param>
internal sealed record FormFault(string Field, string TextKey);

/// <summary>Takes the form: checks it, lets the card sign once, sends the answer once.</summary>
internal sealed class AnswerVisit(CardShelf shelf, CardSigning signing, PortalClient portal, Installation installation, TimeProvider clock)
{
    public async Task<AnswerOutcome> ExecuteAsync(Visit visit, SignForm form, CancellationToken cancellationToken)
    {
        if (form.Token != visit.Token) return Blocked(Refusal.ForeignForm);

        await visit.Turn.WaitAsync(cancellationToken);
        try
        {
            if (visit.End is not null) return Ended(visit.End);
            if (visit.Request.Expires <= clock.GetUtcNow()) return Finish(visit, Refusal.Expired);

            var cards = await Task.Run(shelf.Look, cancellationToken);
            if (cards.Count > 1 && form.Card.Length == 0) return new AnswerOutcome(null, null, [new FormFault(FieldNames.Card, "fault.card"), .. SecretFaults(form, visit.Request)], cards);

            var choice = Choose(cards, form.Card, visit.Request);
            if (choice.Value is null) return Blocked(choice.Refusal!);

            var faults = FaultsOf(form, visit.Request, choice.Value).ToList();
            if (faults.Count > 0) return new AnswerOutcome(null, null, faults, cards);

            var signatures = await Task.Run(() => signing.Execute(choice.Value, visit.Request, form), cancellationToken);
            if (signatures.Value is null) return Finish(visit, signatures.Refusal!);

            return await SendAsync(visit, signatures.Value, cancellationToken);
        }
        finally
        {
            visit.Turn.Release();
        }
    }

    /// <summary>The card a form names, if it can do what is asked.</summary>
    internal static Attempt<PresentCard> Choose(IReadOnlyList<PresentCard> cards, string id, VisitRequest request)
    {
        if (cards.Count == 0) return Refusal.NoCard;
        if (cards.FirstOrDefault(card => card.Id == id) is not { } chosen) return Refusal.WrongCard;
        if (!chosen.Carries(request.Certificates)) return Refusal.NoCertificate;

        foreach (var kind in request.Certificates)
        {
            if (chosen.TriesFor(kind) == 0) return Refusal.Locked(kind, endsVisit: false);
        }

        return chosen;
    }

    private static IEnumerable<FormFault> FaultsOf(SignForm form, VisitRequest request, PresentCard card) =>
        card.FewestTries(request.Certificates) == 1 && !form.LastTry
            ? [.. SecretFaults(form, request), new FormFault(FieldNames.LastTry, "fault.lastTry")]
            : SecretFaults(form, request);

    private static IEnumerable<FormFault> SecretFaults(SignForm form, VisitRequest request)
    {
        foreach (var kind in request.Certificates)
        {
            var field = FieldNames.Of(kind);
            if (form[kind].IsEmpty) yield return new FormFault(field, $"fault.{field}.empty");
            else if (!form[kind].Fits(kind)) yield return new FormFault(field, $"fault.{field}.form");
        }
    }

    private static AnswerOutcome Blocked(Refusal refusal) => new(null, refusal, [], []);

    private static AnswerOutcome Ended(VisitEnd end) => new(end, null, [], []);

    private static AnswerOutcome Finish(Visit visit, Refusal refusal) => Ended(visit.End = new VisitEnd(null, refusal));

    private async Task<AnswerOutcome> SendAsync(Visit visit, IReadOnlyList<CardSignature> signatures, CancellationToken cancellationToken)
    {
        var proof = ResponseProof.Make(installation.Key, visit.Ticket.Address, visit.ResponseSecret, signatures);
        var completion = await portal.AnswerAsync(visit.Ticket, new CardResponse(visit.ResponseSecret, signatures, proof), cancellationToken);
        return completion.Value is null
            ? Finish(visit, completion.Refusal!)
            : Ended(visit.End = new VisitEnd(completion.Value.CompletionCode, null));
    }
}
