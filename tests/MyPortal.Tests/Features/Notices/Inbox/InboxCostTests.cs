using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Notices.Inbox;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Inbox;

public sealed class InboxCostTests
{
    private const int Stored = 50_000;
    private const int ShownAndOneMore = 21;

    [Theory]
    [InlineData(InboxTab.All, null, null), InlineData(InboxTab.Unread, null, null), InlineData(InboxTab.All, 50_022L, null), InlineData(InboxTab.Unread, null, 50_000L)]
    public async Task A_page_of_the_inbox_reads_twenty_one_rows_by_an_index_however_many_notices_there_are(object tab, long? older, long? newer)
    {
        using var work = new DatabaseWork();
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var file = await FillAsync(portal, hanako);
        for (var i = 0; i < ShownAndOneMore; i++)
        {
            await city.SendAsync(hanako.Citizen);
        }

        work.Watch(file);
        var list = await portal.Get<ListInbox>().ExecuteAsync(hanako.Viewer, new InboxQuery((InboxTab)tab, older, newer), TestContext.Current.CancellationToken);

        list.Rows.Count.ShouldBe(ShownAndOneMore - 1);
        var (rows, plan) = (await work.PlansOfAsync("Notices")).ShouldHaveSingleItem();
        rows.ShouldBe(ShownAndOneMore);
        plan.ShouldStartWith("SEARCH n USING INDEX IX_Notices_Owner_");
        plan.ShouldNotContain("SCAN");
        plan.ShouldNotContain("TEMP B-TREE");
        plan.Contains("(Owner=? AND IsUnread=?", StringComparison.Ordinal).ShouldBe((InboxTab)tab is InboxTab.Unread, "the few unread ones are found without a walk past the others");
        work.SqlOf("Notices").ShouldHaveSingleItem().ShouldNotContain("SealedBody");
        foreach (var (_, counterPlan) in await work.PlansOfAsync("Mailboxes"))
        {
            counterPlan.ShouldNotContain("SCAN");
        }
    }

    /// <summary>Fills the store with notices of this and of another citizen, without the doors: only their number matters.</summary>
    private static async Task<string> FillAsync(TestPortal portal, SignedIn hanako)
    {
        await using var db = portal.OpenDatabase();
        var other = Guid.NewGuid();
        await db.Database.ExecuteSqlAsync($$"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{Stored}})
            INSERT INTO Notices (Id, Owner, SenderId, ServiceId, Position, ContentVersion, AcceptedAt, DeliveredAt, IsUnread, SealedHead, SealedBody)
            SELECT hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6)),
                CASE i % 2 WHEN 0 THEN {{hanako.Citizen.Value}} ELSE {{other}} END, {{other}}, {{other}}, i, 1, i, i, i % 3 = 0, randomblob(400), randomblob(40) FROM n
            """);
        await db.Database.ExecuteSqlAsync($"INSERT INTO Mailboxes (Owner, LastPosition, Unread, ToDosMarked) VALUES ({hanako.Citizen.Value}, {Stored}, {Stored / 6}, 1)");
        return new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
    }
}
