using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.Proxies.Folder;

/// <summary>
/// Who looks, and into whose folder. It is a type of its own on purpose: a use case that takes a <see cref="Viewer"/> cannot be handed
/// one, so what a proxy may never see (own information, records, account) is out of reach by construction.
/// </summary>
/// <param name="Actor">The proxy.</param>
/// <param name="Folder">The mandate, which is the scope.</param>
/// <param name="Owner">Whose notices they are.</param>
/// <param name="KeepsOnlyOpened">The mandate ended without a word: only what was opened before is still there.</param>
internal sealed record FolderViewer(Viewer Actor, MandateId Folder, CitizenId Owner, bool KeepsOnlyOpened);

/// <summary>How a folder answers the person who asks for it.</summary>
internal enum FolderState
{
    Open,

    /// <summary>Its time is over or its owner ended it.</summary>
    Ended,

    /// <summary>A card of one of the two was reported lost.</summary>
    Suspended,
}

/// <summary>A folder as its proxy sees it.</summary>
/// <param name="Viewer">Who looks.</param>
/// <param name="State">Whether anything can be seen.</param>
/// <param name="OwnerName">Whose folder it is.</param>
/// <param name="Senders">Names of the senders in scope; none means all.</param>
/// <param name="Topics">Types of notice in scope; none means all.</param>
/// <param name="Until">Its last moment, or when it ended, UTC.</param>
/// <param name="Unread">Notices the proxy has not opened.</param>
internal sealed record ProxyFolder(
    FolderViewer Viewer,
    FolderState State,
    string OwnerName,
    IReadOnlyList<string> Senders,
    IReadOnlyList<Contracts.SenderApi.NoticeType> Topics,
    DateTimeOffset Until,
    int Unread);
