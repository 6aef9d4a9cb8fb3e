using MyPortal.Kernel;

namespace MyPortal.Features.Notices;

/// <summary>A notice as lists need it: everything but the body, which is many times larger and stays where it is.</summary>
internal sealed record StoredHead(NoticeAddress Address, long Position, DateTimeOffset DeliveredAt, bool IsUnread, bool? IsOpenToDo, DateTimeOffset? DoneAt, byte[] SealedHead)
{
    public NoticeId Id => Address.Id;

    /// <summary>Whether it is new to somebody whose previous visit began at <paramref name="newSince"/>.</summary>
    public bool IsNewSince(DateTimeOffset newSince) => IsUnread && DeliveredAt > newSince;
}

internal static class StoredHeads
{
    /// <summary>Reads the heads of these notices and nothing else of them.</summary>
    public static IQueryable<StoredHead> Heads(this IQueryable<Notice> notices) => notices.Select(notice => new StoredHead(
        new NoticeAddress(notice.Id, notice.Owner, notice.SenderId, notice.ServiceId, notice.ContentVersion),
        notice.Position,
        notice.DeliveredAt,
        notice.IsUnread,
        notice.IsOpenToDo,
        notice.DoneAt,
        notice.SealedHead));

    public static StoredHead Head(this Notice notice) =>
        new(notice.Address, notice.Position, notice.DeliveredAt, notice.IsUnread, notice.IsOpenToDo, notice.DoneAt, notice.SealedHead);
}
