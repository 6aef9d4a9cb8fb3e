using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Notices.Delivery;
using MyPortal.Features.Notices.Public;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Notices.Sending;

/// <summary>A post with what makes it repeatable.</summary>
internal sealed record NoticePost(PostNotice Notice, string IdempotencyKey, byte[] BodyHash)
{
    /// <summary>JSON pointers to members of the body that nobody reads; the sender is told, lest an amount vanish in silence.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];
}

/// <summary>The answer, and whether it is the repetition of an earlier one.</summary>
internal sealed record SentNotice(NoticeStatus Status, bool IsReplay);

/// <summary>
/// Takes a notice from a sender, seals it under the recipient's key and delivers it. Everything is saved in one transaction: what was
/// answered is kept, and kept once. Not called on behalf of a citizen: a sender posts.
/// </summary>
internal sealed class SendNotice(
    IDbContextFactory<PortalDbContext> databases,
    IRecipientDirectory recipients,
    ITestRecipients testRecipients,
    CitizenKeys keys,
    IEnumerable<INoticeDelivery> deliveries,
    NoticeEvents events,
    CountDelivery counts,
    AuditTrail audit,
    TimeProvider clock)
{
    private static readonly string[] Delivered = [DeliveryCount.Accepted, DeliveryCount.Visible];

    public async Task<Result<SentNotice>> ExecuteAsync(CallingSender sender, NoticePost post, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var keyHash = SHA256.HashData(Encoding.UTF8.GetBytes($"{sender.Id}\n{post.IdempotencyKey}"));
        if (await AnswerAgainAsync(db, sender, keyHash, post.BodyHash, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var recipient = await FindRecipientAsync(sender, post.Notice.Recipient, cancellationToken);
        if (recipient is null || !recipient.IsReceived)
        {
            var refusal = recipient is null ? NoticeErrors.RecipientUnknown : NoticeErrors.RecipientStopped;
            await RecordRefusalAsync(sender, refusal, cancellationToken);
            return refusal;
        }

        var now = clock.Now();
        var address = new NoticeAddress(NoticeId.New(now), recipient.Citizen, sender.Id, recipient.Service, NoticeAddress.FirstVersion);
        var contents = await SealAsync(db, post.Notice, address, cancellationToken);

        var pending = new PendingNotice(sender, post, recipient, address, contents, counts.KeyOf(sender.Id, recipient.Service, keyHash[0]), keyHash, now);
        for (var isRepeated = false; ; isRepeated = true)
        {
            if (await DeliverAsync(db, pending, cancellationToken) is { } answer)
            {
                return answer;
            }

            if (isRepeated)
            {
                throw new InvalidOperationException("Mailbox or counts of a delivery are missing although they were just opened.");
            }

            // The first notice of a person or of a sender's day. Outside the transaction, because a collision inside would end it on PostgreSQL.
            await OpenMailboxAsync(db, recipient.Citizen, cancellationToken);
            await CountDelivery.OpenAsync(db, pending.Count, pending.Words, cancellationToken);
        }
    }

    /// <summary>Records a post that was refused, by this use case or before it was reached.</summary>
    public async Task RecordRefusalAsync(CallingSender sender, Error refusal, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var count = counts.KeyOf(sender.Id, default, (int)clock.Now().ToUnixTimeMilliseconds());
        string[] words = sender.IsTest ? [] : [refusal.Code];
        await CountDelivery.OpenAsync(db, count, words, cancellationToken);
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        await CountDelivery.AddAsync(db, count, words, cancellationToken);
        audit.Add(db, AccessEvent.SenderRefused, Actor.Sender(sender.Id), outcome: refusal.Code);
        await db.SaveChangesAsync(cancellationToken);
        await work.CommitAsync(cancellationToken);
    }

    // Null when nothing was kept because the mailbox or a row of the counts is not there yet.
    private async Task<Result<SentNotice>?> DeliverAsync(PortalDbContext db, PendingNotice pending, CancellationToken cancellationToken)
    {
        await using var work = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!pending.Sender.IsTest && !await recipients.ClaimDeliveryAsync(db, pending.Recipient, cancellationToken))
        {
            // A withdrawal was committed between the look-up and here: it wins, and nothing of the notice is kept.
            await work.RollbackAsync(cancellationToken);
            await RecordRefusalAsync(pending.Sender, NoticeErrors.RecipientUnknown, cancellationToken);
            return NoticeErrors.RecipientUnknown;
        }

        if (await TakePositionAsync(db, pending.Address.Owner, cancellationToken) is not { } position)
        {
            return null;
        }

        var notice = Notice.Deliver(pending.Address, position, pending.Now, pending.Contents);
        db.Add(notice);
        foreach (var delivery in deliveries)
        {
            await delivery.AddAsync(db, new DeliveredNotice(notice.Id, notice.Owner, notice.SenderId, pending.Post.Notice.Type, pending.Now), cancellationToken);
        }

        db.Add(AcceptedPost.Of(pending.KeyHash, pending.Post.BodyHash, notice.Id, pending.Now));
        if (!await CountDelivery.AddAsync(db, pending.Count, pending.Words, cancellationToken))
        {
            db.ChangeTracker.Clear();
            return null;
        }

        audit.Add(db, AccessEvent.NoticeAccepted, Actor.Sender(pending.Sender.Id), pending.Address.Owner, notice.Id.Value);
        await events.DeliveredAsync(db, notice, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // The same key arrived twice at once; the other one was first, and its answer is ours.
            await work.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            return await AnswerAgainAsync(db, pending.Sender, pending.KeyHash, pending.Post.BodyHash, cancellationToken) ?? throw new InvalidOperationException("A unique key other than the idempotency key was violated.", exception);
        }

        await work.CommitAsync(cancellationToken);
        return new SentNotice(NoticeEvents.StatusOf(notice), IsReplay: false);
    }

    // A test key reaches its own test recipient and nobody else; a real key never reaches that one.
    private async Task<Recipient?> FindRecipientAsync(CallingSender sender, string code, CancellationToken cancellationToken)
    {
        if (!sender.IsTest)
        {
            return await recipients.FindAsync(sender.Id, code, cancellationToken);
        }

        return await testRecipients.FindAsync(sender.Id, code, cancellationToken) is var (owner, service) ? new Recipient(owner, service, IsReceived: true, DeliveryGrant: []) : null;
    }

    private async Task<Result<SentNotice>?> AnswerAgainAsync(PortalDbContext db, CallingSender sender, byte[] keyHash, byte[] bodyHash, CancellationToken cancellationToken)
    {
        var found = await (
            from post in db.Set<AcceptedPost>().AsNoTracking()
            join notice in db.Set<Notice>().AsNoTracking() on post.NoticeId equals notice.Id
            where post.KeyHash == keyHash
            select new { post.BodyHash, notice }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var isSame = found.BodyHash.AsSpan().SequenceEqual(bodyHash);
        audit.Add(db, isSame ? AccessEvent.NoticeStatusRead : AccessEvent.SenderRefused, Actor.Sender(sender.Id), objectId: found.notice.Id.Value, outcome: isSame ? AuditTrail.Ok : NoticeErrors.KeyReused.Code);
        await db.SaveChangesAsync(cancellationToken);
        return isSame ? new SentNotice(NoticeEvents.StatusOf(found.notice), IsReplay: true) : NoticeErrors.KeyReused;
    }

    private async Task<SealedContents> SealAsync(PortalDbContext db, PostNotice notice, NoticeAddress address, CancellationToken cancellationToken)
    {
        using var key = await keys.OpenAsync(db, address.Owner, cancellationToken);
        var head = new NoticeHead(notice.Type, [.. notice.Contents.Select(content => new NoticeTitle(content.Language, content.Title, content.Summary))], notice.Concerns, notice.DueOn);
        var body = new NoticeBody([.. notice.Contents.Select(content => new NoticeText(content.Language, content.Body))], notice.Reason);
        return new SealedContents(head.SealWith(key, address), body.SealWith(key, address), notice.DueOn is not null);
    }

    private static async Task OpenMailboxAsync(PortalDbContext db, CitizenId owner, CancellationToken cancellationToken)
    {
        if (await db.Set<Mailbox>().AnyAsync(mailbox => mailbox.Owner == owner, cancellationToken))
        {
            return;
        }

        try
        {
            db.Add(Mailbox.Open(owner));
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Another first notice opened it at the same moment.
            db.ChangeTracker.Clear();
        }
    }

    // The mailbox row is locked until the commit, so positions have no gap and no two notices the same one. Null where there is none yet.
    private static async Task<long?> TakePositionAsync(PortalDbContext db, CitizenId owner, CancellationToken cancellationToken)
    {
        var taken = await db.Set<Mailbox>()
            .Where(mailbox => mailbox.Owner == owner)
            .ExecuteUpdateAsync(
                set => set.SetProperty(mailbox => mailbox.LastPosition, mailbox => mailbox.LastPosition + 1).SetProperty(mailbox => mailbox.Unread, mailbox => mailbox.Unread + 1),
                cancellationToken);
        return taken is 0 ? null : await db.Set<Mailbox>().AsNoTracking().Where(mailbox => mailbox.Owner == owner).Select(mailbox => mailbox.LastPosition).SingleAsync(cancellationToken);
    }

    /// <summary>A notice on its way into a mailbox.</summary>
    private sealed record PendingNotice(CallingSender Sender, NoticePost Post, Recipient Recipient, NoticeAddress Address, SealedContents Contents, CountKey Count, byte[] KeyHash, DateTimeOffset Now)
    {
        /// <summary>What is counted; test posts are not.</summary>
        public string[] Words => Sender.IsTest ? [] : Delivered;
    }
}
