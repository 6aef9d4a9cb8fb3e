using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Notices;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Benchmarks;

/// <summary>A signed-in citizen with many notices.</summary>
/// <param name="Citizen">Whose mailbox it is.</param>
/// <param name="Cookie">What the browser sends.</param>
/// <param name="Notices">Some of the notices, from the oldest to the newest.</param>
internal sealed record FilledMailbox(CitizenId Citizen, string Cookie, IReadOnlyList<NoticeId> Notices)
{
    public const string Title = "検針のお知らせ";
    private const int Batch = 5000;
    private const int Kept = 40;

    /// <summary>Body of a notice of usual length.</summary>
    public static string Text { get; } = string.Concat(Enumerable.Repeat("検針の結果をお知らせします。ご使用量は前の月より少なくなりました。\n\n", 12));

    /// <summary>Fills the mailbox of a new citizen as deliveries would, one notice a minute, but in large transactions.</summary>
    public static async Task<FilledMailbox> FillAsync(SeededPortal seeded, int count)
    {
        var citizen = await seeded.EnrolAsync();
        var begin = DateTimeOffset.UtcNow.CutToMilliseconds().AddMinutes(-count);
        var kept = new List<NoticeId>();
        for (var first = 1; first <= count; first += Batch)
        {
            await using var db = seeded.OpenDatabase();
            using var key = await seeded.Get<CitizenKeys>().OpenAsync(db, citizen, CancellationToken.None);
            var last = Math.Min(first + Batch - 1, count);
            for (var position = first; position <= last; position++)
            {
                var notice = NoticeOf(seeded, key, citizen, position, begin.AddMinutes(position));
                db.Add(notice);
                if (position % (count / Kept) is 0)
                {
                    kept.Add(notice.Id);
                }
            }

            if (first is 1)
            {
                db.Add(Mailbox.Open(citizen));
            }

            await using var work = await db.Database.BeginTransactionAsync();
            await db.SaveChangesAsync();
            await db.Set<Mailbox>().Where(mailbox => mailbox.Owner == citizen).ExecuteUpdateAsync(set => set.SetProperty(mailbox => mailbox.LastPosition, last).SetProperty(mailbox => mailbox.Unread, last));
            await work.CommitAsync();
        }

        await using var sessions = seeded.OpenDatabase();
        var cookie = await seeded.SignInAsync(sessions, citizen);
        await sessions.SaveChangesAsync();
        return new FilledMailbox(citizen, cookie, kept);
    }

    private static Notice NoticeOf(SeededPortal seeded, SealingKey key, CitizenId citizen, int position, DateTimeOffset at)
    {
        var address = new NoticeAddress(NoticeId.New(at), citizen, seeded.Sender.Id, seeded.Sender.Service, NoticeAddress.FirstVersion);
        var head = new NoticeHead(NoticeType.MeterReading, [new NoticeTitle("ja", Title)]);
        var body = new NoticeBody([new NoticeText("ja", Text)]);
        return Notice.Deliver(address, position, at, new SealedContents(head.SealWith(key, address), body.SealWith(key, address), HasDueDay: false));
    }
}
