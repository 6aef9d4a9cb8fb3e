using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Notices.Delivery;
using MyPortal.Features.Operators.Public;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Delivery;

public sealed class DeliveryTests
{
    [Fact]
    public async Task Numbers_under_ten_are_not_told_and_ten_is()
    {
        await using var portal = await TestPortal.StartAsync();
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.View);
        using var city = await TestSender.SignedInAsync(portal);
        var citizen = await portal.EnrolAsync();
        for (var i = 0; i < 9; i++)
        {
            await city.SendAsync(citizen);
            using var refused = await city.PostAsync(TestSender.Letter("x"));
        }

        var nine = await ichiro.Browser.OpenAsync("/admin/delivery");
        await city.SendAsync(citizen);
        using var tenth = await city.PostAsync(TestSender.Letter("x"));
        var ten = await ichiro.Browser.OpenAsync("/admin/delivery");

        CellsOf(nine, "受付").ShouldBe(["0", "10未満のため表示しません"], ignoreOrder: true);
        CellsOf(nine, "表示").ShouldBe(["0", "10未満のため表示しません"], ignoreOrder: true);
        CellsOf(nine, "拒否（理由ごと）").ShouldBe(["0", "notice.recipient-unknown 10未満のため表示しません"], ignoreOrder: true);
        CellsOf(ten, "受付").ShouldBe(["0", "10"], ignoreOrder: true);
        CellsOf(ten, "拒否（理由ごと）").ShouldBe(["0", "notice.recipient-unknown 10"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_repeated_post_is_counted_once()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var letter = TestSender.Letter(await city.CodeOfAsync(await portal.EnrolAsync()));

        using var first = await city.PostAsync(letter, "key-1");
        using var again = await city.PostAsync(letter, "key-1");

        await using var db = portal.OpenDatabase();
        (await db.Set<DeliveryCount>().Where(count => count.What == DeliveryCount.Accepted).SumAsync(count => count.Count, TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task Posts_at_once_are_all_counted(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.SignedInAsync(portal);
        var code = await city.CodeOfAsync(await portal.EnrolAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => city.PostAsync(TestSender.Letter(code))));

        answers.ShouldAllBe(answer => answer.IsSuccessStatusCode);
        await using var db = portal.OpenDatabase();
        (await db.Set<DeliveryCount>().Where(count => count.What == DeliveryCount.Visible).SumAsync(count => count.Count, TestContext.Current.CancellationToken)).ShouldBe(12);
    }

    [Fact]
    public async Task The_page_reads_as_many_rows_for_many_notices_as_for_few()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var citizen = await portal.EnrolAsync();
        for (var i = 0; i < 60; i++)
        {
            await city.SendAsync(citizen);
        }

        await using var db = portal.OpenDatabase();
        (await db.Set<DeliveryCount>().CountAsync(TestContext.Current.CancellationToken)).ShouldBeLessThanOrEqualTo(2 * DeliveryCount.Shards);
    }

    private static IEnumerable<string> CellsOf(AngleSharp.Dom.IDocument page, string head) => page.QuerySelectorAll($"td[data-head='{head}']").Select(cell => cell.Words());
}
