using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Senders;
using MyPortal.Features.Senders.Public;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Senders.Limits;

public sealed class QuotaTests
{
    [Fact]
    public async Task Above_its_quota_a_sender_is_told_when_there_is_room_again()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        await LimitAsync(portal, perMinute: 2, perDay: 3);
        var code = await city.CodeOfAsync(await portal.EnrolAsync());

        using var first = await city.PostAsync(TestSender.Letter(code));
        using var second = await city.PostAsync(TestSender.Letter(code));
        using var third = await city.PostAsync(TestSender.Letter(code), "key-3");
        portal.Clock.Advance(third.Headers.RetryAfter!.Delta!.Value);
        using var later = await city.PostAsync(TestSender.Letter(code), "key-3");
        using var tooMany = await city.PostAsync(TestSender.Letter(code));

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await third.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("quota.minute-used-up");
        third.Headers.RetryAfter.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        later.StatusCode.ShouldBe(HttpStatusCode.Created);
        tooMany.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await tooMany.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("quota.day-used-up");
        tooMany.Headers.RetryAfter!.Delta!.Value.ShouldBeLessThanOrEqualTo(TimeSpan.FromDays(1));
    }

    [Theory, EveryDatabase]
    public async Task Of_many_posts_at_once_exactly_as_many_pass_as_there_is_room_for(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.RegisterAsync(portal);
        var quotas = portal.Get<ISenderQuotas>();
        var caller = new CallingSender(city.Id, IsPublic: true) { Quota = new SenderQuota(5, 100) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => quotas.TakeAsync(caller, CancellationToken.None))));
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await quotas.TakeAsync(caller, CancellationToken.None);

        answers.Count(answer => answer is null).ShouldBe(5);
        answers.OfType<UsedUpQuota>().ShouldAllBe(answer => answer.Error == SenderErrors.MinuteUsedUp);
        next.ShouldBeNull();
    }

    [Fact]
    public async Task Test_posts_do_not_use_up_the_real_quota()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.RegisterAsync(portal);
        var quotas = portal.Get<ISenderQuotas>();
        var caller = new CallingSender(city.Id, IsPublic: true) { Quota = new SenderQuota(1, 1) };

        (await quotas.TakeAsync(caller with { IsTest = true }, CancellationToken.None)).ShouldBeNull();
        (await quotas.TakeAsync(caller, CancellationToken.None)).ShouldBeNull();
        (await quotas.TakeAsync(caller, CancellationToken.None)).ShouldNotBeNull();
    }

    private static async Task LimitAsync(TestPortal portal, int perMinute, int perDay)
    {
        await using var db = portal.OpenDatabase();
        await db.Set<Sender>().ExecuteUpdateAsync(set => set.SetProperty(sender => sender.QuotaPerMinute, perMinute).SetProperty(sender => sender.QuotaPerDay, perDay));
    }
}
