using MyPortal.CardAgent.Cards;
using MyPortal.CardAgent.Signing;
using MyPortal.CardAgent.Transports;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Transactions;

/// <summary>One card session: presents each PIN exactly once and signs the fetched documents, nothing else. Blocking, like the card.</summary>
internal sealed class CardSigning(CmsMaker maker, ILogger<CardSigning> log)
{
    /// <summary>Signs every document with every key it asks for; the signatures come in the order of documents, then certificates.</summary>
    public Attempt<IReadOnlyList<CardSignature>> Execute(PresentCard present, TransactionRequest request, SignForm form)
    {
        try
        {
            using var session = present.Slot.Begin();
            if (JpkiCard.Open(session) is not { } card || card.ReadId() != present.Id) return Refusal.CardRemoved;

            var signatures = new List<CardSignature>();
            foreach (var kind in request.Certificates)
            {
                // Another program may have spent a try since the person saw the number.
                if (card.TriesLeft(kind) != present.TriesFor(kind)) return Refusal.CardFault;

                var outcome = card.Verify(kind, form[kind].Bytes);
                if (!outcome.IsAccepted) return outcome.TriesLeft == 0 ? Refusal.Locked(kind, endsTransaction: true) : Refusal.WrongSecret(kind, outcome.TriesLeft);
                signatures.AddRange(Sign(card, kind, request));
            }

            return new Attempt<IReadOnlyList<CardSignature>>([.. signatures.OrderBy(signature => signature.Document).ThenBy(signature => signature.Certificate)], null);
        }
        catch (CardGoneException e)
        {
            log.LogWarning("The card left: {Reason}", e.Message);
            return Refusal.CardRemoved;
        }
        catch (CardFaultException e)
        {
            log.LogWarning("The card failed: {Reason}", e.Message);
            return Refusal.CardFault;
        }
    }

    private List<CardSignature> Sign(JpkiCard card, CertificateKind kind, TransactionRequest request)
    {
        using var certificate = card.ReadCertificate(kind);
        return
        [
            .. request.Documents.Index()
                .Where(document => document.Item.Certificates.Contains(kind))
                .Select(document => new CardSignature(document.Index, kind, maker.Sign(document.Item.Bytes, card, kind, certificate))),
        ];
    }
}
