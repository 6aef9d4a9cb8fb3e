using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;

namespace MyPortal.CardAgent.Transactions;

/// <summary>Which document of the linkage hub may be signed: that of one hub, for one organisation, at the site the person came from, to enrol.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="Organisation">The organisation that gets a code.</param>
internal sealed record LinkRule(string Hub, string Organisation)
{
    private const string Purpose = "enrol";
    private const int NonceLength = 43;

    public static LinkRule Of(AgentOptions options) => new(options.Hub, options.Organisation);

    /// <summary>Whether the bytes say that they are such a document. Whether they are allowed is another question.</summary>
    public static LinkDocument? ReadOrNull(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : JsonSerializer.Deserialize<LinkDocument>(bytes, ContractJson.Options) is { Type: LinkDocument.CurrentType } document ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null when the document may be signed.</summary>
    public Refusal? RefusalOf(LinkDocument document, byte[] bytes, TicketAddress address)
    {
        if (document.Origin != address.Origin) return Refusal.DocumentOrigin;
        var isRight = document.Hub == Hub && document.Organisation == Organisation && document.Purpose == Purpose && IsNonce(document.Nonce);

        // Written anew it gives the same bytes: so there is nothing in it that the page does not tell.
        return isRight && JsonSerializer.SerializeToUtf8Bytes(document, ContractJson.Options).AsSpan().SequenceEqual(bytes) ? null : Refusal.Document;
    }

    private static bool IsNonce(string nonce) => nonce.Length is NonceLength && nonce.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}
