using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Consents.Withdrawing;
using MyPortal.Features.Notices;
using MyPortal.Features.Notices.Sending;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

/// <summary>Posts and a withdrawal in the two orders in which they can stand in each other's way, each of them forced.</summary>
public sealed class WithdrawalRaceTests
{
    private const int Posts = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Posts_that_found_the_right_before_it_was_withdrawn_and_deliver_afterwards_are_refused(Engine engine)
    {
        using var gate = new Gate();
        using var watch = new DatabaseWatch();
        await using var portal = await TestPortal.StartAsync(engine);
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);

        watch.Watch(portal);
        watch.StopBehind("DELETE", "RecipientCodes", gate);
        var withdrawal = Task.Run(() => portal.Get<WithdrawConsents>().ExecuteAsync(hanako.Viewer, ConsentId.From(result.Consent), Token));
        await gate.Reached;
        var posts = Enumerable.Range(0, Posts).Select(_ => Task.Run(() => PostAsync(portal, midori, result.Recipient))).ToList();
        await Wait.UntilAsync(() => watch.ReadsOf("RecipientCodes") >= Posts);
        posts.ShouldAllBe(post => !post.IsCompleted, "each has found the right and waits for it");
        gate.Open();

        (await withdrawal).IsRefused.ShouldBeFalse();
        (await Task.WhenAll(posts)).ShouldAllBe(post => post.IsRefused && post.Error == NoticeErrors.RecipientUnknown);
        (await CountNoticesAsync(portal)).ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task A_withdrawal_waits_for_the_post_that_holds_the_right_and_the_next_one_is_refused(Engine engine)
    {
        using var gate = new Gate();
        using var watch = new DatabaseWatch();
        await using var portal = await TestPortal.StartAsync(engine);
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);

        watch.Watch(portal);
        watch.StopBehind("INSERT INTO", "Notices", gate);
        var post = Task.Run(() => PostAsync(portal, midori, result.Recipient));
        await gate.Reached;
        var asked = watch.TransactionsAsked;
        var withdrawal = Task.Run(() => portal.Get<WithdrawConsents>().ExecuteAsync(hanako.Viewer, ConsentId.From(result.Consent), Token));
        await Wait.UntilAsync(() => watch.TransactionsAsked > asked);
        withdrawal.IsCompleted.ShouldBeFalse("the post holds the right");
        gate.Open();

        (await post).IsRefused.ShouldBeFalse();
        (await withdrawal).IsRefused.ShouldBeFalse();
        (await PostAsync(portal, midori, result.Recipient)).Error.ShouldBe(NoticeErrors.RecipientUnknown);
        (await CountNoticesAsync(portal)).ShouldBe(1);
    }

    // Not through the API: on SQLite the count of its quota would wait for the withdrawal before the right is looked up.
    private static Task<Result<SentNotice>> PostAsync(TestPortal portal, TestBusiness business, string recipient) => portal.Get<SendNotice>().ExecuteAsync(
        new CallingSender(business.Sender.Id, IsPublic: false), new NoticePost(TestSender.Letter(recipient), Guid.NewGuid().ToString("N"), new byte[32]), Token);

    private static async Task<int> CountNoticesAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        return await db.Set<Notice>().CountAsync(Token);
    }
}
