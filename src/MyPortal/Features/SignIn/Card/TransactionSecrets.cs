using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Card;

/// <summary>How the secrets of a card transaction hang together.</summary>
internal static class TransactionSecrets
{
    /// <summary>Cookie that holds the binding secret of the browser that began.</summary>
    public const string BindingCookie = "card-binding";

    /// <summary>
    /// The ticket in the agent's address, made from the binding secret: the page can show the link again after a reload, and only in
    /// the browser that began, without the ticket being kept anywhere.
    /// </summary>
    public static string TicketOf(string binding, Guid transaction) =>
        Base64Url.EncodeToString(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(binding), 32, info: [.. "myportal card ticket"u8, .. transaction.ToByteArray(bigEndian: true)]));

    /// <summary>How a document names the session it belongs to, without giving its identifier away.</summary>
    public static string SubjectOf(SessionId session) =>
        Convert.ToHexStringLower(SHA256.HashData([.. "myportal card subject"u8, .. session.Value.ToByteArray(bigEndian: true)]));

    public static AssociatedData TextPlace(Guid transaction) => new("CardTransactions", "Text", transaction.ToString("D"));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
