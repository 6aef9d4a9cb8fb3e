using MyPortal.Contracts.CardAgent;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn;

/// <summary>How far a card transaction is. It only moves forward.</summary>
internal enum CardTransactionState
{
    /// <summary>The browser has begun; the agent has not come yet.</summary>
    Issued,

    /// <summary>The agent has fetched the document.</summary>
    Fetched,

    /// <summary>A valid signature was taken; it can never be taken again.</summary>
    Consumed,

    /// <summary>All checks passed; nothing has happened yet.</summary>
    Verified,

    /// <summary>Over without effect.</summary>
    Refused,

    /// <summary>Code and cookie met; the effect has happened.</summary>
    Completed,
}

/// <summary>
/// One attempt to sign in, enrol, confirm or sign with a card. Three secrets hold it together: the binding secret in the cookie of the browser that
/// began, the ticket in the agent's address, and the completion code; of each only a hash is kept.
/// </summary>
internal sealed class CardTransaction
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(180);
    public static readonly TimeSpan CompletionLife = TimeSpan.FromSeconds(60);
    public const int MostRefusals = 3;

    private CardTransaction()
    {
    }

    public Guid Id { get; private set; }

    public byte[] TicketHash { get; private set; } = [];

    public byte[] BindingHash { get; private set; } = [];

    public CardPurpose Purpose { get; private set; }

    public string MatchCode { get; private set; } = "";

    /// <summary>The exact bytes to be signed.</summary>
    public byte[] Document { get; private set; } = [];

    /// <summary>The session in which it happens and nowhere else; null for login and enrolment, which begin one.</summary>
    public SessionId? Session { get; private set; }

    /// <summary>Who must be the card's owner; null for login and enrolment.</summary>
    public CitizenId? Citizen { get; private set; }

    /// <summary>Signing only: what kind of text it is, known to the feature that takes the signature.</summary>
    public string? TextKind { get; private set; }

    /// <summary>Signing only: what the text is about.</summary>
    public Guid? TextAbout { get; private set; }

    /// <summary>Signing only: the text itself, sealed.</summary>
    public byte[]? SealedText { get; private set; }

    /// <summary>The exact bytes of the linkage hub's document, which the same transaction signs; only at enrolment, from the agent's fetch on.</summary>
    public byte[]? LinkDocument { get; private set; }

    public byte[]? ResponseSecretHash { get; private set; }

    public byte[]? CompletionHash { get; private set; }

    public DateTimeOffset? CompletionExpiresAt { get; private set; }

    /// <summary>Where the person goes afterwards; a local path.</summary>
    public string ReturnPath { get; private set; } = "/";

    public CardTransactionState State { get; private set; }

    public int Refusals { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>What the verification found, sealed; wiped when the transaction is over.</summary>
    public byte[]? SealedResult { get; private set; }

    /// <summary>Stable code of the refusal that ended it, for the page that waits.</summary>
    public string? Outcome { get; private set; }

    /// <summary>Whether the agent may still come.</summary>
    public bool IsOpenAt(DateTimeOffset now) => ExpiresAt.EndsWithin(Life, now);

    public static CardTransaction Issue(Guid id, CardPurpose purpose, CardTransactionSecrets hashes, string matchCode, byte[] document, string returnPath, DateTimeOffset now) => new()
    {
        Id = id,
        Purpose = purpose,
        TicketHash = hashes.Ticket,
        BindingHash = hashes.Binding,
        MatchCode = matchCode,
        Document = document,
        ReturnPath = returnPath,
        State = CardTransactionState.Issued,
        CreatedAt = now,
        ExpiresAt = now + Life,
    };

    /// <summary>Binds it to a running session and its person.</summary>
    public CardTransaction Within(SessionId session, CitizenId citizen)
    {
        Session = session;
        Citizen = citizen;
        return this;
    }

    /// <summary>Says which text is signed.</summary>
    public CardTransaction Over(string textKind, Guid about, byte[] sealedText)
    {
        TextKind = textKind;
        TextAbout = about;
        SealedText = sealedText;
        return this;
    }
}

/// <summary>Hashes of the secrets that exist from the start.</summary>
internal sealed record CardTransactionSecrets(byte[] Ticket, byte[] Binding);
