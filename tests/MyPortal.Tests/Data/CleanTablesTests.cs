using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Data;
using MyPortal.Features.Consents;
using MyPortal.Features.Notices;
using MyPortal.Features.Notices.Delivery;
using MyPortal.Features.Operators;
using MyPortal.Features.Operators.Public;
using MyPortal.Features.Operators.Staff;
using MyPortal.Features.Proxies;
using MyPortal.Features.Senders;
using MyPortal.Features.Senders.Admission;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Tests.Features.Consents;
using MyPortal.Tests.Features.Proxies;
using MyPortal.Tests.Ground;
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
        portal.Clock.Advance(Consent.WaitsFor + ForgetConsentVisits.KeptFor - TimeSpan.FromHours(1));
        await portal.CleanAsync();
        await using var db = portal.OpenDatabase();
        (await db.Set<Consent>().CountAsync(Token)).ShouldBe(3);
        (await db.Set<ConsentVisit>().CountAsync(Token)).ShouldBe(0);

        portal.Clock.Advance(TimeSpan.FromHours(2));
        await portal.CleanAsync();

        (await db.Set<Consent>().Select(consent => consent.Id.Value).ToListAsync(Token)).ShouldBe([refused, given], ignoreOrder: true);
        (await db.Set<ConsentStep>().Select(step => step.ConsentId.Value).Distinct().ToListAsync(Token)).ShouldBe([refused, given], ignoreOrder: true);
        var again = await portal.SignInAsync(hanako.Citizen);
        await again.Browser.OpenAsync($"/consents/{given}");
        await again.Browser.OpenAsync($"/consents/requests/{given}/done");
    }

    [Theory, EveryDatabase]
    public async Task Mandates_that_never_had_force_go_and_those_that_had_stay_with_their_folder(Engine engine)
    {
        await using var world = await ProxyWorld.StartAsync(engine);
        var active = await world.ActivateAsync();
        await world.SendAsync(world.City);
        var stopped = await world.ActivateAsync();
        (await world.StopAsync(stopped)).ShouldBeTrue();
        await world.InviteAsync();
        (await world.StopAsync((await world.InviteAsync()).Id)).ShouldBeTrue();
        var accepted = await world.InviteAsync();
        (await world.ClaimAsync(accepted.Code)).IsRefused.ShouldBeFalse();
        (await world.SignAsync(accepted.Id, MyPortal.Contracts.CardAgent.SigningRole.Proxy)).Refusal.ShouldBeNull();
        world.Portal.Clock.Advance(Mandate.InvitationLife + ForgetMandates.KeptFor + TimeSpan.FromHours(1));

        await world.Portal.CleanAsync();

        (await IdsAsync(world)).ShouldBe([active, stopped, accepted.Id], ignoreOrder: true, "what the principal may still sign stays");
        world.Portal.Clock.Advance(TimeSpan.FromDays(500));
        await world.Portal.CleanAsync();
        (await IdsAsync(world)).ShouldBe([active, stopped], ignoreOrder: true);
        await using var db = world.Portal.OpenDatabase();
        (await db.Set<FolderItem>().CountAsync(Token)).ShouldBe(1);
        (await db.Set<MandateSender>().CountAsync(Token)).ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public async Task Messages_go_a_week_after_they_arrived_and_a_season_after_they_were_given_up(Engine engine)
    {
        await using var world = await OutboxWorld.CreateAsync(engine);
        await world.QueueAsync();
        await world.Worker().ExecuteAsync(CancellationToken.None);
        world.Receiver.AnswerWith(410);
        await world.QueueAsync();
        await world.Worker().ExecuteAsync(CancellationToken.None);
        var waiting = await world.QueueAsync();
        world.Clock.Advance(ForgetMessages.DeliveredFor + TimeSpan.FromSeconds(1));

        await CleanAsync(world);
        (await StatesAsync(world)).ShouldBe([OutboxState.Dead, OutboxState.Waiting], ignoreOrder: true);
        world.Clock.Advance(ForgetMessages.DeadFor);
        await CleanAsync(world);

        (await StatesAsync(world)).ShouldBe([OutboxState.Waiting]);
        (await world.ReadAsync(waiting)).State.ShouldBe(OutboxState.Waiting, "what was promised waits until it arrives or is given up");
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
        var approved = SenderProposal.Begin(Guid.CreateVersion7(now), city.Id, ProposalKind.Facts, author, [], now);
        approved.Submit(now);
        approved.Decide(ProposalState.Approved, OperatorId.New(now), [], now);
        var open = SenderProposal.Begin(Guid.CreateVersion7(now), city.Id, ProposalKind.Facts, author, [], now);
        await using var db = portal.OpenDatabase();
        db.AddRange(approved, open);
        await db.SaveChangesAsync(Token);

        portal.Clock.Advance(ForgetAppointments.KeptFor + TimeSpan.FromSeconds(1));
        await portal.CleanAsync();
        (await db.Set<Appointment>().CountAsync(Token)).ShouldBe(0);
        (await db.Set<SenderProposal>().CountAsync(Token)).ShouldBe(2);
        portal.Clock.Advance(ForgetProposals.KeptFor);
        await portal.CleanAsync();

        (await db.Set<SenderProposal>().AsNoTracking().SingleAsync(Token)).Id.ShouldBe(open.Id);
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

    private static async Task CleanAsync(OutboxWorld world)
    {
        await using var db = world.OpenDatabase();
        await new ForgetMessages().CleanAsync(db, world.Clock.Now(), Token);
    }

    private static async Task<IReadOnlyList<OutboxState>> StatesAsync(OutboxWorld world)
    {
        await using var db = world.OpenDatabase();
        return await db.Set<OutboxMessage>().Select(message => message.State).ToListAsync(Token);
    }

    private static async Task<IReadOnlyList<MandateId>> IdsAsync(ProxyWorld world)
    {
        await using var db = world.Portal.OpenDatabase();
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
