using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Visits;

/// <summary>What the portal asks for, read from the fetched documents and nothing else.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="MatchCode">The person compares it with the portal's page.</param>
/// <param name="Expires">When the portal stops waiting, UTC.</param>
/// <param name="Documents">What is to be signed.</param>
/// <param name="Text">The words that are signed, and as whom; only where the purpose is to sign.</param>
internal sealed record VisitRequest(CardPurpose Purpose, string MatchCode, DateTimeOffset Expires, IReadOnlyList<RequestedDocument> Documents, ShownText? Text)
{
    private const int MostDocuments = 4;
    private const int LongestMatchCode = 16;

    /// <summary>The certificates that sign at least one document, in the order of the card's PIN fields.</summary>
    public IReadOnlyList<CertificateKind> Certificates { get; } = [.. Documents.SelectMany(document => document.Certificates).Distinct().Order()];

    /// <summary>Reads the documents of a ticket and refuses whatever the person could not be shown truthfully.</summary>
    public static Attempt<VisitRequest> Read(CardTicket ticket, TicketAddress address, DateTimeOffset now)
    {
        if (ticket.Documents.Count is 0 or > MostDocuments) return Refusal.Document;

        var documents = new List<CardDocument>();
        foreach (var bytes in ticket.Documents)
        {
            if (Parse(bytes) is not { } document || !IsWellFormed(document)) return Refusal.Document;
            if (document.Origin != address.Origin) return Refusal.DocumentOrigin;
            if (document.Expires <= now) return Refusal.Expired;
            documents.Add(document);
        }

        // One page, one PIN: documents that differ in what the page says would have one signed under the other's words.
        var first = documents[0];
        if (documents.Any(document => document.Purpose != first.Purpose || document.MatchCode != first.MatchCode)) return Refusal.Document;

        var text = ShownText.Read(first.Statement, ticket.Text);
        if ((text is null) != (first.Purpose != CardPurpose.Sign) || (text is not null && documents.Count > 1)) return Refusal.Document;

        return new VisitRequest(
            first.Purpose,
            first.MatchCode,
            documents.Min(document => document.Expires),
            [.. documents.Zip(ticket.Documents, (document, bytes) => new RequestedDocument(bytes, document.Certificates))],
            text);
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
