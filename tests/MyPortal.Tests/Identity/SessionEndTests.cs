using System.Collections.Concurrent;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Features.SelfInformation.Asking;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Identity;

/// <summary>However a session ends, what lives only as long as it is told, and not before the end is there.</summary>
public sealed class SessionEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_an_alarm_the_answers_that_arrived_are_gone()
    {
        await using var fixture = await CardFixture.EnrolledAsync(card: await TestCard.OfCastAsync("hanako"));
        var viewer = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull();
        var runs = fixture.Portal.Get<InquiryBatches>();
        var run = (await runs.StartAsync(viewer, InquiryKind.SelfInformation, row => row.Theme is "residence", Token)).Value;
        await Wait.UntilAsync(() => run.Inquiries.All(inquiry => inquiry.IsSettled));
        run.Inquiries.ShouldContain(inquiry => inquiry.Read().State == InquiryState.Ready);

        var visit = await fixture.FetchAsync(CardPurpose.StepUp);
        (await visit.AnswerAsync(await TestCard.AnotherPersonsAsync())).Refusal.ShouldBe("card.other-person");

        runs.Count.ShouldBe(0);
        run.Inquiries.ShouldAllBe(inquiry => inquiry.Read().State == InquiryState.Erased);
    }

    [Theory, EveryDatabase]
    public async Task An_end_that_is_rolled_back_is_not_told_and_one_that_is_committed_is_told_then(Engine engine)
    {
        var listener = new Listener();
        await using var portal = await StartAsync(listener, engine);
        var unused = await portal.SignInAsync();
        for (var other = 1; other < Session.MostLive; other++)
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(1));
            await portal.SignInAsync(unused.Citizen);
        }

        foreach (var isCommitted in new[] { false, true })
        {
            await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
            await using var work = await db.Database.BeginTransactionAsync(Token);
            (await portal.Get<Sessions>().BeginAsync(db, unused.Citizen, new SessionBasis(AssuranceLevel.CardWithPin, LoginEvidence.CardPin, TerminalClass.OwnDevice, "one too many"), Token)).HasEndedAnother.ShouldBeTrue();
            await db.SaveChangesAsync(Token);
            listener.Told.ShouldBeEmpty("a rollback may still follow");
            await (isCommitted ? work.CommitAsync(Token) : work.RollbackAsync(Token));
        }

        listener.Told.ShouldBe([unused.Viewer.Session]);
    }

    [Fact]
    public async Task Every_way_in_which_a_session_ends_is_told()
    {
        var listener = new Listener();
        await using var portal = await StartAsync(listener);
        var left = await portal.SignInAsync();
        var here = await portal.SignInAsync(left.Citizen);
        var ended = await portal.SignInAsync(left.Citizen);

        await portal.Get<Sessions>().EndAsync(left.Viewer, left.Viewer.Session, SessionEnd.LoggedOut, Token);
        listener.Told.ShouldBe([left.Viewer.Session]);
        await portal.Get<Sessions>().EndOthersAsync(here.Viewer, Token);
        listener.Told.ShouldBe([left.Viewer.Session, ended.Viewer.Session]);

        portal.Clock.Advance(Session.IdleLimit);
        using var late = await here.Browser.GetAsync("/account", Token);
        listener.Told.ShouldContain(here.Viewer.Session, "its time ran out");

        var ahead = await portal.SignInAsync();
        portal.Clock.SetBack(TimeSpan.FromHours(1));
        await portal.CleanAsync();
        listener.Told.ShouldContain(ahead.Viewer.Session, "the clock was set back");
    }

    private static Task<TestPortal> StartAsync(Listener listener, Engine engine = Engine.Sqlite) =>
        TestPortal.StartAsync(engine, web => web.ConfigureTestServices(services => services.AddSingleton<ISessionEndListener>(listener)));

    private sealed class Listener : ISessionEndListener
    {
        public ConcurrentQueue<SessionId> Told { get; } = [];

        public void SessionEnded(SessionId session) => Told.Enqueue(session);
    }
}
