using MyPortal.CardAgent.Transports;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Cards;

/// <summary>A JPKI card that lies in a reader, and how many tries its keys have left.</summary>
/// <param name="Id">Serial number in the token information.</param>
/// <param name="Slot">Where it lies.</param>
/// <param name="AuthenticationTries">Tries left for the PIN; null without such a certificate.</param>
/// <param name="SignatureTries">Tries left for the signature password; null without such a certificate.</param>
internal sealed record PresentCard(string Id, ICardSlot Slot, int? AuthenticationTries, int? SignatureTries)
{
    public int? TriesFor(CertificateKind kind) => kind == CertificateKind.Authentication ? AuthenticationTries : SignatureTries;

    /// <summary>Whether every certificate asked for is on the card.</summary>
    public bool Carries(IEnumerable<CertificateKind> kinds) => kinds.All(kind => TriesFor(kind) is not null);

    /// <summary>The fewest tries left among the keys asked for.</summary>
    public int FewestTries(IEnumerable<CertificateKind> kinds) => kinds.Min(kind => TriesFor(kind) ?? 0);
}

/// <summary>Looks which JPKI cards lie in the readers. Blocking, like the readers.</summary>
internal sealed class CardDetector(ICardTransport transport, ILogger<CardDetector> log)
{
    /// <summary>Every JPKI card present; other cards and cards that fail are left out.</summary>
    public IReadOnlyList<PresentCard> Look() => [.. transport.PresentCards().Select(Read).OfType<PresentCard>().OrderBy(card => card.Id, StringComparer.Ordinal)];

    private PresentCard? Read(ICardSlot slot)
    {
        try
        {
            using var session = slot.Begin();
            return JpkiCard.Open(session) is { } card
                ? new PresentCard(card.ReadId(), slot, card.TriesLeft(CertificateKind.Authentication), card.TriesLeft(CertificateKind.Signature))
                : null;
        }
        catch (Exception e) when (e is CardGoneException or CardFaultException)
        {
            log.LogWarning("A card could not be read: {Reason}", e.Message);
            return null;
        }
    }
}
