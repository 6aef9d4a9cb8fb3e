using MyPortal.CardAgent.Pages;

namespace MyPortal.CardAgent.Transactions;

/// <summary>One transaction in the agent's memory, from the fetch of its ticket to the end. Nothing of it is ever written down.</summary>
internal sealed class PendingTransaction(string id, string token, TicketAddress ticket, string responseSecret, TransactionRequest request) : IDisposable
{
    public string Id { get; } = id;

    /// <summary>Goes into the form and must come back with it.</summary>
    public string Token { get; } = token;

    public TicketAddress Ticket { get; } = ticket;

    public string ResponseSecret { get; } = responseSecret;

    public TransactionRequest Request { get; } = request;

    /// <summary>Language of the last page asked for.</summary>
    public Language Language { get; set; } = Language.Japanese;

    /// <summary>One answer at a time: a double click must not present a PIN twice.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>How the transaction ended; null while it is open. A reload shows it again.</summary>
    public TransactionEnd? End { get; set; }

    public void Dispose() => Turn.Dispose();
}

/// <summary>How a transaction ended.</summary>
/// <param name="CompletionCode">Set when the portal accepted.</param>
/// <param name="Refusal">Set when something refused.</param>
internal sealed record TransactionEnd(string? CompletionCode, Refusal? Refusal);
