using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Sealing;

namespace MyPortal.Features.Notices;

/// <summary>What lists show of a notice.</summary>
internal sealed record NoticeHead(NoticeType Type, IReadOnlyList<NoticeTitle> Titles, string? Concerns = null, DateOnly? DueOn = null)
{
    public byte[] SealWith(SealingKey key, NoticeAddress address) => key.Seal(JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Options), NoticePlaces.Of("Head", address));

    public static NoticeHead OpenWith(SealingKey key, Notice notice) =>
        JsonSerializer.Deserialize<NoticeHead>(key.Open(notice.SealedHead, NoticePlaces.Of("Head", notice.Address)), ContractJson.Options)!;
}

internal sealed record NoticeTitle(string Language, string Title, string? Summary = null);

/// <summary>What only the page of one notice shows.</summary>
internal sealed record NoticeBody(IReadOnlyList<NoticeText> Texts, string? Reason = null)
{
    public byte[] SealWith(SealingKey key, NoticeAddress address) => key.Seal(JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Options), NoticePlaces.Of("Body", address));

    public static NoticeBody OpenWith(SealingKey key, Notice notice) =>
        JsonSerializer.Deserialize<NoticeBody>(key.Open(notice.SealedBody, NoticePlaces.Of("Body", notice.Address)), ContractJson.Options)!;
}

internal sealed record NoticeText(string Language, string Markdown);

internal static class NoticePlaces
{
    public static SealedPlace Of(string column, NoticeAddress address) => new(
        "Notices",
        column,
        address.Id.ToString(),
        address.Owner.ToString(),
        address.Sender.ToString(),
        address.Service.ToString(),
        address.ContentVersion.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
