using System.Security.Cryptography;
using MyPortal.Contracts.SandboxWorld;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Senders;

/// <summary>An invented sender with its own key, made once.</summary>
/// <param name="Id">Short name; also its client identifier.</param>
/// <param name="Name">Name as citizens see it.</param>
/// <param name="Kind">Public or private.</param>
/// <param name="Service">Name of its one service.</param>
/// <param name="Key">ECDSA P-256.</param>
/// <param name="DraftsOn">What it writes, as of a day.</param>
internal sealed record SandboxSender(string Id, string Name, SenderKind Kind, string Service, ECDsa Key, Func<DateOnly, IReadOnlyList<NoticeDraft>> DraftsOn)
{
    public SandboxSenderOrder Order => new(Id, Name, Kind, Service, Key.ExportSubjectPublicKeyInfo());

    /// <summary>The two senders of the sandbox world, with the keys of a folder.</summary>
    public static IReadOnlyList<SandboxSender> All(DataFolder folder) =>
    [
        new("sakura-city", "さくら市 税務課", SenderKind.Public, "税のお知らせ", KeyOf("sakura-city", folder), CityNotices.On),
        new("midori-denki", "みどり電力", SenderKind.Private, "電気のご契約", KeyOf("midori-denki", folder), PowerNotices.On),
    ];

    private static ECDsa KeyOf(string id, DataFolder folder)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (folder.ReadOrNull(id + ".key") is { } stored) key.ImportFromPem(stored);
        else folder.Write(id + ".key", key.ExportPkcs8PrivateKeyPem());
        return key;
    }
}
