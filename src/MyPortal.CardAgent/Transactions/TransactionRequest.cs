using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.Hub;

namespace MyPortal.CardAgent.Transactions;

/// <summary>What the portal asks for, read from the fetched documents and nothing else.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="MatchCode">The person compares it with the portal's page.</param>
/// <param name="Expires">When the portal stops waiting, UTC.</param>
/// <param name="Documents">What is to be signed.</param>
/// <param name="Text">The words that are signed, and as whom; only where the purpose is to sign.</param>
/// <param name="AsksForLink">One of the documents is the linkage hub's, and the page says so.</param>
internal sealed record TransactionRequest(
    CardPurpose Purpose,
    string MatchCode,
    DateTimeOffset Expires,
    IReadOnlyList<RequestedDocument> Documents,
    ShownText? Text = null,
    bool AsksForLink = false)
{
    private const int MostDocuments = 4;
    private const int LongestMatchCode = 16;

    /// <summary>The certificates that sign at least one document, in the order of the card's PIN fields.</summary>
    public IReadOnlyList<CertificateKind> Certificates { get; } = [.. Documents.SelectMany(document => document.Certificates).Distinct().Order()];

    /// <summary>Reads the documents of a ticket and refuses whatever the person could not be shown truthfully.</summary>
    public static Attempt<TransactionRequest> Read(CardTicket ticket, TicketAddress address, LinkRule rule, DateTimeOffset now)
    {
        if (ticket.Documents.Count is 0 or > MostDocuments) return Refusal.Document;

        var documents = new List<CardDocument>();
        var requested = new List<RequestedDocument>();
        LinkDocument? link = null;
        foreach (var bytes in ticket.Documents)
        {
            // The type decides which rules a document must keep; neither kind passes for the other.
            if (LinkRule.ReadOrNull(bytes) is { } linking)
            {
                if (link is not null) return Refusal.Document;
                if (rule.RefusalOf(linking, bytes, address) is { } refusal) return refusal;
                link = linking;
                requested.Add(new RequestedDocument(bytes, [CertificateKind.Authentication]));
                continue;
            }

            if (Parse(bytes) is not { } document || !IsWellFormed(document)) return Refusal.Document;
            if (document.Origin != address.Origin) return Refusal.DocumentOrigin;
            if (document.Expires <= now) return Refusal.Expired;
            documents.Add(document);
            requested.Add(new RequestedDocument(bytes, document.Certificates));
        }

        // One page, one PIN: documents that differ in what the page says would have one signed under the other's words.
        if (documents.Count == 0) return Refusal.Document;
        var first = documents[0];
        if (documents.Any(document => document.Purpose != first.Purpose || document.MatchCode != first.MatchCode)) return Refusal.Document;
        if (link is not null && first.Purpose is not CardPurpose.Enrol) return Refusal.Document;

        var text = ShownText.Read(first.Statement, ticket.Text);
        if ((text is null) != (first.Purpose != CardPurpose.Sign) || (text is not null && documents.Count > 1)) return Refusal.Document;

        return new TransactionRequest(first.Purpose, first.MatchCode, documents.Min(document => document.Expires), requested, text, link is not null);
    }

    private static CardDocument? Parse(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : JsonSerializer.Deserialize<CardDocument>(bytes, ContractJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWellFormed(CardDocument document) =>
        document is { Type: CardDocument.CurrentType, Delivery: CardDocument.SameDevice, MatchCode.Length: > 0 and <= LongestMatchCode }
        && document.Certificates.Count > 0
        && document.Certificates.Distinct().Count() == document.Certificates.Count
        && (document.Purpose is CardPurpose.Enrol or CardPurpose.Sign || document.Certificates is [CertificateKind.Authentication])
        && (document.Purpose is CardPurpose.Login or CardPurpose.Enrol) == document.Subject is null
        && (document.Purpose == CardPurpose.Sign || document.Statement is null);
}

/// <summary>One document to be signed.</summary>
/// <param name="Bytes">Exactly what the portal issued and the card signs.</param>
/// <param name="Certificates">Whose keys sign it.</param>
internal sealed record RequestedDocument(byte[] Bytes, IReadOnlyList<CertificateKind> Certificates);
