using System.Security.Cryptography;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Sealing;

namespace MyPortal.Features.Notices;

/// <summary>What lists show of a notice.</summary>
internal sealed record NoticeHead(NoticeType Type, IReadOnlyList<NoticeTitle> Titles, string? Concerns = null, DateOnly? DueOn = null)
{
    public byte[] SealWith(SealingKey key, NoticeAddress address) => key.Seal(JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Options), NoticePlaces.Of("Head", address));

    /// <summary>Null when the sealed bytes are not what was once sealed for this place.</summary>
    public static NoticeHead? TryOpenWith(SealingKey key, StoredHead stored) => NoticePlaces.TryOpen<NoticeHead>(key, stored.SealedHead, "Head", stored.Address);
}

internal sealed record NoticeTitle(string Language, string Title, string? Summary = null);

/// <summary>What only the page of one notice shows.</summary>
internal sealed record NoticeBody(IReadOnlyList<NoticeText> Texts, string? Reason = null)
{
    public byte[] SealWith(SealingKey key, NoticeAddress address) => key.Seal(JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Options), NoticePlaces.Of("Body", address));

    /// <summary>Null when the sealed bytes are not what was once sealed for this place.</summary>
    public static NoticeBody? TryOpenWith(SealingKey key, Notice notice) => NoticePlaces.TryOpen<NoticeBody>(key, notice.SealedBody, "Body", notice.Address);
}

internal sealed record NoticeText(string Language, string Markdown);

internal static class NoticePlaces
{
    public static T? TryOpen<T>(SealingKey key, byte[] bytes, string column, NoticeAddress address)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(key.Open(bytes, Of(column, address)), ContractJson.Options);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static AssociatedData Of(string column, NoticeAddress address) => new(
        "Notices",
        column,
        address.Id.ToString(),
        address.Owner.ToString(),
        address.Sender.ToString(),
        address.Service.ToString(),
        address.ContentVersion.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
