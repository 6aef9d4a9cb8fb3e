using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Features.Consents.Withdrawing;
using MyPortal.Features.Notices.Inbox;
using MyPortal.Features.Senders.Keys;
using MyPortal.Kernel;
using MyPortal.Tests.Features.Consents;
using MyPortal.Tests.Features.Proxies;
using MyPortal.Tests.Features.Senders.Admission;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;
using Npgsql;

namespace MyPortal.Tests.Data;

/// <summary>
/// What the portal writes, with one connection left for everybody: whoever waited for a second one would wait for itself until the pool
/// loses its patience. The embedded database has no pool that can be used up; there the guard of every portal under test looks.
/// </summary>
public sealed class SmallPoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase(Engine.Sqlite, Engine.SqlServer)]
    public async Task A_mandate_is_given_used_and_stopped(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine, SmallPool);
        await using var held = await LeaveOneAsync(fixture.Portal);
        var id = await fixture.ActivateAsync();
        var notice = await fixture.SendAsync(fixture.City);
        var folder = (await fixture.FolderAsync(id)).ShouldNotBeNull();

        (await fixture.ListAsync(folder.Viewer)).ShouldNotBeNull().Unread.ShouldBe(1);
        (await fixture.OpenAsync(folder.Viewer, notice)).IsRefused.ShouldBeFalse();
        await fixture.Daughter.Browser.OpenAsync($"/p/{id}/inbox/{notice}");
        await fixture.Father.Browser.OpenAsync($"/proxy/{id}");
        await fixture.Father.Browser.OpenAsync($"/inbox/{notice}");
        (await fixture.Portal.Get<MarkDone>().ExecuteAsync(fixture.Father.Viewer, notice, isDone: true, Token)).IsRefused.ShouldBeFalse();
        (await fixture.StopAsync(id)).ShouldBeTrue();
    }

    [Theory, EveryDatabase(Engine.Sqlite, Engine.SqlServer)]
    public async Task A_consent_is_asked_given_fetched_refused_and_withdrawn(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine, SmallPool);
        await using var held = await LeaveOneAsync(portal);
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();

        var given = await midori.ConnectAsync(hanako.Browser, "recipient-code", "opened");
        using var posted = await midori.Sender.PostAsync(TestSender.Letter(given.Recipient));
        posted.IsSuccessStatusCode.ShouldBeTrue();
        await midori.AnswerAsync(hanako.Browser, "refuse");
        (await portal.Get<WithdrawConsents>().AllAsync(hanako.Viewer, new HashSet<Guid>(), Token)).ShouldBe(1);
    }

    [Theory, EveryDatabase(Engine.Sqlite, Engine.SqlServer)]
    public async Task A_card_enrols_signs_in_confirms_and_alarms(Engine engine)
    {
        await using var fixture = await CardFixture.EnrolledAsync(engine, configure: SmallPool);
        await using var held = await LeaveOneAsync(fixture.Portal);

        (await fixture.PassAsync()).ShouldBe("/");
        (await fixture.PassAsync(CardPurpose.StepUp)).ShouldBe("/");
        var visit = await fixture.FetchAsync(CardPurpose.StepUp);
        (await visit.AnswerAsync(await TestCard.AnotherPersonsAsync())).Refusal.ShouldBe("card.other-person");
        (await fixture.ViewerOfAsync(fixture.Browser)).ShouldBeNull();
    }

    [Theory, EveryDatabase(Engine.Sqlite, Engine.SqlServer)]
    public async Task A_sender_is_admitted_gets_a_key_and_is_suspended(Engine engine)
    {
        await using var fixture = await AdmissionFixture.CreateAsync(engine, SmallPool);
        await using var held = await LeaveOneAsync(fixture.Portal);

        var id = await fixture.AdmitAsync();
        var key = await fixture.Portal.Get<SenderKeyRing>().AddAsync(fixture.Ichiro.Acting, SenderId.From(id), new KeyOrder(MyPortal.Features.Senders.KeyPurpose.Test, null, null), Token);
        key.IsRefused.ShouldBeFalse();
        await fixture.SuspendAsync(id);
        await fixture.Portal.SealRecordsAsync();
        await fixture.Portal.CleanAsync();
    }

    [Theory, EveryDatabase(Engine.Sqlite, Engine.SqlServer)]
    public async Task There_is_one_connection_and_no_second(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine, SmallPool);
        await using var held = await LeaveOneAsync(portal);
        await using var last = await OpenAsync(portal);

        (await Should.ThrowAsync<InvalidOperationException>(() => OpenAsync(portal))).InnerException.ShouldBeOfType<NpgsqlException>().Message.ShouldContain("pool has been exhausted");
    }

    private static void SmallPool(IWebHostBuilder web) => web.UseSetting("Data:ConnectionString", $"{web.GetSetting("Data:ConnectionString")};Maximum Pool Size=2;Timeout=5");

    // A start takes two: its lock is a transaction that stays open while the database is looked at. So one is taken away after it.
    private static Task<PortalDbContext> LeaveOneAsync(TestPortal portal) => OpenAsync(portal);

    // The guard does not count it to the test: a method hands no flow back to its caller.
    private static async Task<PortalDbContext> OpenAsync(TestPortal portal)
    {
        var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
        await db.Database.OpenConnectionAsync(Token);
        return db;
    }
}
