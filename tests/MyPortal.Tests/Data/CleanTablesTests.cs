using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Data;
using MyPortal.Features.Consents;
using MyPortal.Features.Notices;
using MyPortal.Features.Notices.Delivery;
using MyPortal.Features.Operators;
using MyPortal.Features.Operators.Public;
using MyPortal.Features.Operators.Accounts;
using MyPortal.Features.Proxies;
using MyPortal.Features.Senders;
using MyPortal.Features.Senders.Admission;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Tests.Features.Consents;
using MyPortal.Tests.Features.Proxies;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Outbox;

namespace MyPortal.Tests.Data;

/// <summary>What goes in its time and what stays, room by room.</summary>
public sealed class CleanTablesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Requests_nobody_decided_and_secrets_of_the_way_go_and_decisions_stay(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        await midori.BringAsync(hanako.Browser);
        var refused = await midori.AnswerAsync(hanako.Browser, "refuse");
        var given = await midori.AnswerAsync(hanako.Browser);
        portal.Clock.Advance(Consent.WaitsFor + PurgeConsentVisits.KeptFor - TimeSpan.FromHours(1));
        await portal.CleanAsync();
        await using var db = portal.OpenDatabase();
        (await db.Set<Consent>().CountAsync(Token)).ShouldBe(3);
        (await db.Set<ConsentVisit>().CountAsync(Token)).ShouldBe(0);

        portal.Clock.Advance(TimeSpan.FromHours(2));
        await portal.CleanAsync();

        (await db.Set<Consent>().Select(consent => consent.Id.Value).ToListAsync(Token)).ShouldBe([refused, given], ignoreOrder: true);
        (await db.Set<ConsentEvent>().Select(step => step.ConsentId.Value).Distinct().ToListAsync(Token)).ShouldBe([refused, given], ignoreOrder: true);
        var again = await portal.SignInAsync(hanako.Citizen);
        await again.Browser.OpenAsync($"/consents/{given}");
        await again.Browser.OpenAsync($"/consents/requests/{given}/done");
    }

    [Theory, EveryDatabase]
    public async Task Mandates_that_never_had_force_go_and_those_that_had_stay_with_their_folder(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine);
        var active = await fixture.ActivateAsync();
        await fixture.SendAsync(fixture.City);
        var stopped = await fixture.ActivateAsync();
        (await fixture.StopAsync(stopped)).ShouldBeTrue();
        await fixture.InviteAsync();
        (await fixture.StopAsync((await fixture.InviteAsync()).Id)).ShouldBeTrue();
        var accepted = await fixture.InviteAsync();
        (await fixture.ClaimAsync(accepted.Code)).IsRefused.ShouldBeFalse();
        (await fixture.SignAsync(accepted.Id, MyPortal.Contracts.CardAgent.SigningRole.Proxy)).Refusal.ShouldBeNull();
        fixture.Portal.Clock.Advance(Mandate.InvitationLife + PurgeMandates.KeptFor + TimeSpan.FromHours(1));

        await fixture.Portal.CleanAsync();

        (await IdsAsync(fixture)).ShouldBe([active, stopped, accepted.Id], ignoreOrder: true, "what the principal may still sign stays");
        fixture.Portal.Clock.Advance(TimeSpan.FromDays(500));
        await fixture.Portal.CleanAsync();
        (await IdsAsync(fixture)).ShouldBe([active, stopped], ignoreOrder: true);
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<FolderItem>().CountAsync(Token)).ShouldBe(1);
        (await db.Set<MandateSender>().CountAsync(Token)).ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public async Task Messages_go_a_week_after_they_arrived_and_a_season_after_they_were_given_up(Engine engine)
    {
        await using var fixture = await OutboxFixture.CreateAsync(engine);
        await fixture.QueueAsync();
        await fixture.Worker().ExecuteAsync(CancellationToken.None);
        fixture.Receiver.AnswerWith(410);
        await fixture.QueueAsync();
        await fixture.Worker().ExecuteAsync(CancellationToken.None);
        var waiting = await fixture.QueueAsync();
        fixture.Clock.Advance(PurgeMessages.DeliveredFor + TimeSpan.FromSeconds(1));

        await CleanAsync(fixture);
        (await StatesAsync(fixture)).ShouldBe([OutboxState.Dead, OutboxState.Waiting], ignoreOrder: true);
        fixture.Clock.Advance(PurgeMessages.DeadFor);
        await CleanAsync(fixture);

        (await StatesAsync(fixture)).ShouldBe([OutboxState.Waiting]);
        (await fixture.ReadAsync(waiting)).State.ShouldBe(OutboxState.Waiting, "what was promised waits until it arrives or is given up");
    }

    [Theory, EveryDatabase]
    public async Task More_than_a_batch_goes_in_one_run(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var count = (2 * Batches.Size) + 1;
        var day = DateOnly.FromDateTime(portal.Clock.Now().InJapan().DateTime);
        await using var db = portal.OpenDatabase();
        for (var number = 0; number < count; number++)
        {
            db.Add(AcceptedPost.Of(SHA256.HashData(BitConverter.GetBytes(number)), [], NoticeId.New(portal.Clock.Now()), portal.Clock.Now()));
            db.Add(DeliveryCount.Begin(SenderId.From(Guid.NewGuid()), default, day, DeliveryCount.Accepted, number % DeliveryCount.Shards));
        }

        await db.SaveChangesAsync(Token);
        portal.Clock.Advance(TimeSpan.FromDays(DeliveryCount.DaysKept));
        await portal.CleanAsync();
        (await db.Set<AcceptedPost>().CountAsync(Token)).ShouldBe(0);
        (await db.Set<DeliveryCount>().CountAsync(Token)).ShouldBe(count);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        await portal.CleanAsync();

        (await db.Set<DeliveryCount>().CountAsync(Token)).ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task Appointments_and_approved_proposals_go_and_what_waits_for_somebody_stays(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var city = await TestSender.RegisterAsync(portal);
        await portal.Get<MakeAppointment>().OpenAsync(new AppointmentOrder("運用 一郎", OperatorRoles.View, "開設"), Token);
        var now = portal.Clock.Now();
        var author = OperatorId.New(now);
        var approved = ChangeRequest.Begin(Guid.CreateVersion7(now), city.Id, ChangeRequestKind.Facts, author, [], now);
        approved.Submit(now);
        approved.Decide(ChangeRequestState.Approved, OperatorId.New(now), [], now);
        var open = ChangeRequest.Begin(Guid.CreateVersion7(now), city.Id, ChangeRequestKind.Facts, author, [], now);
        await using var db = portal.OpenDatabase();
        db.AddRange(approved, open);
        await db.SaveChangesAsync(Token);

        portal.Clock.Advance(PurgeAppointments.KeptFor + TimeSpan.FromSeconds(1));
        await portal.CleanAsync();
        (await db.Set<Appointment>().CountAsync(Token)).ShouldBe(0);
        (await db.Set<ChangeRequest>().CountAsync(Token)).ShouldBe(2);
        portal.Clock.Advance(PurgeChangeRequests.KeptFor);
        await portal.CleanAsync();

        (await db.Set<ChangeRequest>().AsNoTracking().SingleAsync(Token)).Id.ShouldBe(open.Id);
    }

    [Fact]
    public async Task A_cleaner_that_fails_keeps_none_of_the_others_from_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var second = new CountingCleaner();
        using var worker = new CleanTables(database, [new FailingCleaner(), second], new TestClock(), NullLogger<CleanTables>.Instance);

        await worker.CleanAsync(Token);

        second.Runs.ShouldBe(1);
        worker.FirstPause.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(30), "it cleans soon after the start, not first after a whole period");
    }

    private static async Task CleanAsync(OutboxFixture fixture)
    {
        await using var db = fixture.OpenDatabase();
        await new PurgeMessages().CleanAsync(db, fixture.Clock.Now(), Token);
    }

    private static async Task<IReadOnlyList<OutboxState>> StatesAsync(OutboxFixture fixture)
    {
        await using var db = fixture.OpenDatabase();
        return await db.Set<OutboxMessage>().Select(message => message.State).ToListAsync(Token);
    }

    private static async Task<IReadOnlyList<MandateId>> IdsAsync(ProxyFixture fixture)
    {
        await using var db = fixture.Portal.OpenDatabase();
        return await db.Set<Mandate>().Select(mandate => mandate.Id).ToListAsync(Token);
    }

    private sealed class FailingCleaner : ITableCleaner
    {
        public IReadOnlyList<Type> Tables => [];

        public Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken) => throw new InvalidOperationException("It fails.");
    }

    private sealed class CountingCleaner : ITableCleaner
    {
        public int Runs { get; private set; }

        public IReadOnlyList<Type> Tables => [];

        public Task CleanAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
        {
            Runs++;
            return Task.CompletedTask;
        }
    }
}
