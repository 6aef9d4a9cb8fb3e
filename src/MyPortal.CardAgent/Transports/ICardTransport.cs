namespace MyPortal.CardAgent.Transports;

/// <summary>The way to cards: readers of the operating system, or virtual cards of the sandbox.</summary>
internal interface ICardTransport
{
    /// <summary>The cards present now, in a stable order.</summary>
    IReadOnlyList<ICardSlot> PresentCards();
}

/// <summary>One card in its place.</summary>
internal interface ICardSlot
{
    /// <summary>Takes the card for this caller alone and waits while another transaction uses it.</summary>
    /// <exception cref="CardGoneException">The card left, or stayed in use too long.</exception>
    ICardSession Begin();
}

/// <summary>
/// Exclusive use of a card. Blocking like the readers themselves, because the signers of the platform's CMS code are. Disposing
/// resets the card, so that no PIN state outlives the session.
/// </summary>
internal interface ICardSession : IDisposable
{
    /// <summary>Sends one command APDU and returns the answer with its two status bytes.</summary>
    /// <exception cref="CardGoneException">The card left.</exception>
    byte[] Transmit(ReadOnlySpan<byte> command);
}

/// <summary>The card was taken away, or its line broke.</summary>
internal sealed class CardGoneException : Exception
{
    public CardGoneException()
    {
    }

    public CardGoneException(string message)
        : base(message)
    {
    }

    public CardGoneException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
