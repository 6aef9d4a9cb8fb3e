using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Notices;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Sending;

public sealed class RacingPostsTests
{
    [Theory, EveryDatabase]
    public async Task Sixteen_identical_posts_at_once_become_one_notice_and_one_answer(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        var letter = TestSender.Letter(await city.CodeOfAsync(await portal.EnrolAsync()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => city.PostAsync(letter, "key-1"))));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created);
        answers.Select(answer => answer.Headers.Location).Distinct().Count().ShouldBe(1);
        answers.Count(answer => answer.Headers.Contains("Idempotent-Replayed")).ShouldBe(15);
        await using var db = portal.OpenDatabase();
        (await db.Set<Notice>().SingleAsync(TestContext.Current.CancellationToken)).Position.ShouldBe(1);
        var mailbox = await db.Set<Mailbox>().SingleAsync(TestContext.Current.CancellationToken);
        (mailbox.LastPosition, mailbox.Unread).ShouldBe((1, 1));
    }

    [Theory, EveryDatabase]
    public async Task Thirty_two_notices_at_once_stand_in_the_mailbox_without_gap(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        using var power = await TestSender.SignedInAsync(portal, isPublic: false);
        var citizen = await portal.EnrolAsync();
        var letters = new[] { (city, TestSender.Letter(await city.CodeOfAsync(citizen))), (power, TestSender.Letter(await power.CodeOfAsync(citizen))) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => letters[i % 2].Item1.PostAsync(letters[i % 2].Item2))));

        answers.Select(answer => answer.StatusCode).ShouldAllBe(status => status == HttpStatusCode.Created);
        await using var db = portal.OpenDatabase();
        var positions = await db.Set<Notice>().Select(notice => notice.Position).ToListAsync(TestContext.Current.CancellationToken);
        positions.Order().ShouldBe(Enumerable.Range(1, 32).Select(position => (long)position));
        var mailbox = await db.Set<Mailbox>().SingleAsync(TestContext.Current.CancellationToken);
        (mailbox.LastPosition, mailbox.Unread).ShouldBe((32, 32));
    }
}
