using System.Security.Cryptography;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Proxies;

/// <summary>The words of a mandate: what both people sign, and whom it names. Kept under the principal's key.</summary>
/// <param name="PrincipalName">Name of the principal as the principal wrote it; the certificate must say the same.</param>
/// <param name="ProxyName">Name of the proxy as the principal wrote it; the certificate must say the same.</param>
/// <param name="Text">The mandate text, plain lines.</param>
internal sealed record MandateTerms(string PrincipalName, string ProxyName, string Text)
{
    public byte[] SealWith(SealingKey key, MandateId id, CitizenId principal) => key.Seal(JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Options), PlaceOf(id, principal));

    /// <summary>Opens the terms of a mandate.</summary>
    /// <exception cref="CryptographicException">The stored bytes are not what was sealed.</exception>
    public static MandateTerms OpenWith(SealingKey key, Mandate mandate) =>
        JsonSerializer.Deserialize<MandateTerms>(key.Open(mandate.SealedTerms, PlaceOf(mandate.Id, mandate.Principal)), ContractJson.Options)
        ?? throw new InvalidOperationException("A mandate holds empty terms.");

    private static AssociatedData PlaceOf(MandateId id, CitizenId principal) => new("Mandates", "Terms", id.ToString(), principal.ToString());
}

/// <summary>What the proxy keeps of a mandate, under the proxy's own key.</summary>
/// <param name="PrincipalName">Whose folder it is.</param>
internal sealed record ProxyCopy(string PrincipalName)
{
    public byte[] SealWith(SealingKey key, MandateId id, CitizenId proxy) => key.Seal(JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Options), PlaceOf(id, proxy));

    public static ProxyCopy OpenWith(SealingKey key, Mandate mandate) =>
        JsonSerializer.Deserialize<ProxyCopy>(key.Open(mandate.SealedForProxy!, PlaceOf(mandate.Id, mandate.Proxy!.Value)), ContractJson.Options)
        ?? throw new InvalidOperationException("A mandate holds an empty copy for its proxy.");

    private static AssociatedData PlaceOf(MandateId id, CitizenId proxy) => new("Mandates", "ForProxy", id.ToString(), proxy.ToString());
}

/// <summary>Writes the mandate text M. It is Japanese in every language of the pages: it is what is signed, and it must be one text.</summary>
internal static class MandateText
{
    private static readonly Dictionary<NoticeType, string> Topics = new()
    {
        [NoticeType.Info] = "お知らせ",
        [NoticeType.Decision] = "決定通知",
        [NoticeType.Certificate] = "証明書",
        [NoticeType.Contract] = "契約",
        [NoticeType.Bill] = "請求",
        [NoticeType.MeterReading] = "検針",
        [NoticeType.Reminder] = "もう一度のお知らせ（督促など）",
    };

    public static string Write(MandateId id, string principalName, string proxyName, IReadOnlyList<string> senderNames, IReadOnlyList<NoticeType> topics, DateOnly lastDay) => string.Join('\n',
    [
        "委任状（マイ・ポータルのお知らせを見ること）",
        $"本人：{principalName}",
        $"代理人：{proxyName}",
        $"見てよい送信元：{(senderNames.Count is 0 ? "すべて" : string.Join("、", senderNames))}",
        $"見てよい種類：{(topics.Count is 0 ? "すべて" : string.Join("、", topics.Order().Select(topic => Topics[topic])))}",
        "してよいこと：見ることだけ。返事、申し込み、同意、ほかの人に任せることはできません。",
        $"期間：両方の署名がそろった時から、{FormattableString.Invariant($"{lastDay.Year}年{lastDay.Month}月{lastDay.Day}日")}の終わりまで。その前に届いたお知らせは見られません。",
        "代理人は、本人のためだけに使います。代理人がしたことは記録され、本人に見えます。",
        "本人は、いつでも、ひとりで、すぐに止められます。",
        $"整理番号：{id}",
    ]);
}
