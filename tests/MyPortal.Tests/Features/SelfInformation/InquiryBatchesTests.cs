using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Features.SelfInformation.Asking;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SelfInformation;

public sealed class InquiryBatchesTests
{
    private readonly StubHolderClient line = new();
    private readonly TestClock clock = new();
    private readonly Viewer hanako = Someone();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_found_by_its_session_its_citizen_and_its_level_only()
    {
        using var runs = Runs();
        var run = await StartAsync(runs);

        Find(runs, hanako, run).ShouldBe(run);
        Find(runs, hanako with { Session = new SessionId(Guid.NewGuid()) }, run).ShouldBeNull("another browser of the same person");
        Find(runs, hanako with { Citizen = new CitizenId(Guid.NewGuid()) }, run).ShouldBeNull("somebody else");
        Find(runs, hanako with { Level = AssuranceLevel.Verified }, run).ShouldBeNull("less sure who looks");
        runs.Find(hanako, InquiryKind.AccessLog, run.Id).ShouldBeNull("another page");
    }

    [Fact]
    public async Task After_a_quarter_of_an_hour_a_run_is_gone_to_the_second()
    {
        using var runs = Runs();
        var run = await StartAsync(runs);

        clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Find(runs, hanako, run).ShouldNotBeNull();
        clock.Advance(TimeSpan.FromSeconds(1));
        Find(runs, hanako, run).ShouldBeNull();

        runs.Count.ShouldBe(1);
        runs.Sweep();
        runs.Count.ShouldBe(0, "the sweep forgets it although nobody looks");
        run.Inquiries.ShouldAllBe(inquiry => inquiry.Read().State == InquiryState.Erased);
    }

    [Fact]
    public async Task A_run_from_before_the_clock_was_set_back_is_gone_and_a_holder_that_rested_is_asked_again()
    {
        using var runs = Runs(InquiryLimits.Default with { PerCitizen = 100 });
        line.Answer = (_, _) => Task.FromResult(StubHolderClient.Silent());
        InquiryBatch run = null!;
        for (var number = 0; number < 11; number++)
        {
            await SettledAsync(run = await StartAsync(runs));
        }

        run.Inquiries[0].Read().Code.ShouldBe(InquiryBatches.Resting);
        clock.SetBack(TimeSpan.FromHours(1));
        Find(runs, hanako, run).ShouldBeNull();
        runs.Sweep();
        runs.Count.ShouldBe(0);
        line.Answer = (_, _) => Task.FromResult(StubHolderClient.Denied());
        await SettledAsync(run = await StartAsync(runs));
        run.Inquiries[0].Read().State.ShouldBe(InquiryState.Denied);
    }

    [Fact]
    public async Task The_end_of_a_session_ends_its_runs_and_no_others()
    {
        using var runs = Runs();
        var other = Someone();
        var mine = await StartAsync(runs);
        var theirs = await StartAsync(runs, other);

        runs.SessionEnded(hanako.Session);

        Find(runs, hanako, mine).ShouldBeNull();
        Find(runs, other, theirs).ShouldNotBeNull();
    }

    [Fact]
    public async Task Erasing_forgets_at_once_and_only_the_own_run()
    {
        using var runs = Runs();
        var run = await StartAsync(runs);

        runs.Erase(Someone(), InquiryKind.SelfInformation, run.Id).ShouldBeFalse();
        Find(runs, hanako, run).ShouldNotBeNull();
        runs.Erase(hanako, InquiryKind.SelfInformation, run.Id).ShouldBeTrue();

        Find(runs, hanako, run).ShouldBeNull();
        run.Inquiries[0].Read().ShouldBe(new InquiryView(InquiryState.Erased));
    }

    [Fact]
    public async Task An_asking_that_was_erased_is_given_up_and_what_still_comes_is_thrown_away()
    {
        using var runs = Runs();
        var late = new TaskCompletionSource<HolderResponse>();
        var givenUp = new TaskCompletionSource();
        line.Answer = (_, stop) =>
        {
            stop.Register(() => givenUp.TrySetResult());
            return late.Task;
        };
        var run = await StartAsync(runs);

        runs.Erase(hanako, InquiryKind.SelfInformation, run.Id);
        await Wait.EndOf(givenUp.Task);
        late.SetResult(StubHolderClient.Silent());

        run.IsSettled.ShouldBeTrue("nobody waits for it");
        run.Inquiries[0].Read().State.ShouldBe(InquiryState.Erased);
    }

    [Fact]
    public async Task The_asking_goes_on_when_the_client_leaves()
    {
        using var runs = Runs();
        using var client = new CancellationTokenSource();
        var answer = new TaskCompletionSource<HolderResponse>();
        line.Answer = (_, _) => answer.Task;
        var run = (await runs.StartAsync(hanako, InquiryKind.SelfInformation, _ => true, client.Token)).Value;

        await client.CancelAsync();
        await run.WatchAsync(Wait.Limit, TimeProvider.System, client.Token);
        run.IsSettled.ShouldBeFalse();
        answer.SetResult(StubHolderClient.Denied());

        await SettledAsync(run);
        run.Inquiries.ShouldAllBe(inquiry => inquiry.Read().State == InquiryState.Denied);
    }

    [Fact]
    public async Task An_asking_has_an_end_of_its_own()
    {
        using var runs = Runs(InquiryLimits.Default with { Patience = TimeSpan.FromMilliseconds(50) });
        line.Answer = async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return StubHolderClient.Denied();
        };

        var run = await StartAsync(runs);

        await SettledAsync(run);
        run.Inquiries.ShouldAllBe(inquiry => inquiry.Read().State == InquiryState.Unavailable);
    }

    [Fact]
    public async Task A_holder_that_breaks_the_asking_leaves_no_card_waiting()
    {
        using var runs = Runs();
        line.Answer = (row, _) => row == StubHolderClient.Tax ? throw new InvalidOperationException("broken") : Task.FromResult(StubHolderClient.Denied());

        var run = await StartAsync(runs);

        await SettledAsync(run);
        run.Inquiries.Select(inquiry => inquiry.Read().State).ShouldBe([InquiryState.Unavailable, InquiryState.Denied]);
    }

    [Fact]
    public async Task Only_what_did_not_arrive_can_be_asked_again_and_only_once_at_a_time()
    {
        using var runs = Runs();
        var second = new TaskCompletionSource<HolderResponse>();
        line.Answer = (row, _) => Task.FromResult(row == StubHolderClient.Tax ? StubHolderClient.Silent() : StubHolderClient.Denied());
        var run = await StartAsync(runs);
        await SettledAsync(run);
        line.Answer = (_, _) => second.Task;

        (await runs.RetryAsync(hanako, InquiryKind.SelfInformation, run.Id, 2, Token)).ShouldBeFalse("a rule does not change by asking again");
        (await runs.RetryAsync(hanako, InquiryKind.SelfInformation, run.Id, 3, Token)).ShouldBeFalse("there is no third");
        (await runs.RetryAsync(Someone(), InquiryKind.SelfInformation, run.Id, 1, Token)).ShouldBeFalse("not theirs");
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => runs.RetryAsync(hanako, InquiryKind.SelfInformation, run.Id, 1, Token), Token)));

        tries.Count(succeeded => succeeded).ShouldBe(1);
        run.Inquiries[0].Read().State.ShouldBe(InquiryState.Waiting);
        second.SetResult(StubHolderClient.Denied());
        await SettledAsync(run);
        run.Inquiries[0].Read().State.ShouldBe(InquiryState.Denied);
        line.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_row_above_the_level_is_not_asked_and_says_so()
    {
        using var runs = Runs();

        var run = await StartAsync(runs, hanako with { Level = AssuranceLevel.Verified });
        await SettledAsync(run);

        line.Asked.ShouldBe(["pension-row"]);
        run.Inquiries[0].Read().ShouldBe(new InquiryView(InquiryState.Denied, Code: HubErrors.LevelTooLow.Code));
    }

    [Fact]
    public async Task One_person_keeps_three_runs_and_a_fourth_replaces_the_oldest()
    {
        using var runs = Runs();
        List<InquiryBatch> started = [];
        for (var number = 0; number < 4; number++)
        {
            started.Add(await StartAsync(runs));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        started.Select(run => Find(runs, hanako, run) is not null).ShouldBe([false, true, true, true]);
    }

    [Fact]
    public async Task When_the_store_is_full_a_further_run_is_refused_and_one_that_replaces_is_not()
    {
        using var runs = Runs(InquiryLimits.Default with { PerCitizen = 1, Total = 2 });
        await StartAsync(runs);
        await StartAsync(runs, Someone());

        (await runs.StartAsync(Someone(), InquiryKind.SelfInformation, _ => true, Token)).Error.Code.ShouldBe("self-info.busy");
        (await runs.StartAsync(hanako, InquiryKind.SelfInformation, _ => true, Token)).IsRefused.ShouldBeFalse();
        clock.Advance(InquiryLimits.Default.Life);
        (await runs.StartAsync(Someone(), InquiryKind.SelfInformation, _ => true, Token)).IsRefused.ShouldBeFalse("what is over makes room");
    }

    [Fact]
    public async Task Many_who_start_at_once_stay_within_the_bounds()
    {
        using var runs = Runs(InquiryLimits.Default with { Total = 20 });
        var people = Enumerable.Range(0, 10).Select(_ => Someone()).ToList();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() => runs.StartAsync(people[number % 10], InquiryKind.SelfInformation, _ => true, Token), Token)));

        runs.Count.ShouldBeLessThanOrEqualTo(20);
    }

    [Fact]
    public async Task Nothing_is_asked_when_nothing_is_chosen()
    {
        using var runs = Runs();

        (await runs.StartAsync(hanako, InquiryKind.SelfInformation, _ => false, Token)).Error.Code.ShouldBe("self-info.nothing-chosen");
        line.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_holder_that_fails_everybody_is_left_alone_for_a_while()
    {
        using var runs = Runs(InquiryLimits.Default with { PerCitizen = 100 });
        line.Answer = (row, _) => Task.FromResult(row == StubHolderClient.Tax ? StubHolderClient.Silent() : StubHolderClient.Denied());
        for (var number = 0; number < 10; number++)
        {
            await SettledAsync(await StartAsync(runs));
        }

        var run = await StartAsync(runs);
        await SettledAsync(run);
        run.Inquiries[0].Read().Code.ShouldBe(InquiryBatches.Resting);
        run.Inquiries[1].Read().State.ShouldBe(InquiryState.Denied, "the other holder is asked as ever");

        clock.Advance(TimeSpan.FromSeconds(16));
        line.Answer = (_, _) => Task.FromResult(StubHolderClient.Denied());
        await SettledAsync(await StartAsync(runs));
        run = await StartAsync(runs);
        await SettledAsync(run);
        run.Inquiries[0].Read().State.ShouldBe(InquiryState.Denied, "the probe found it well");
    }

    private static Viewer Someone() => new(new CitizenId(Guid.NewGuid()), new SessionId(Guid.NewGuid()), AssuranceLevel.CardWithPin, default);

    private static InquiryBatch? Find(InquiryBatches runs, Viewer viewer, InquiryBatch run) => runs.Find(viewer, InquiryKind.SelfInformation, run.Id);

    private static Task SettledAsync(InquiryBatch run) => Wait.EndOf(Task.WhenAll(run.Inquiries.Select(inquiry => inquiry.Settled)));

    private InquiryBatches Runs(InquiryLimits? bounds = null) =>
        new(line, new KnownHolders(), new HolderCircuitBreaker(clock), bounds ?? InquiryLimits.Default, RandomSource.System, clock, NullLogger<InquiryBatches>.Instance);

    private async Task<InquiryBatch> StartAsync(InquiryBatches runs, Viewer? viewer = null) => (await runs.StartAsync(viewer ?? hanako, InquiryKind.SelfInformation, _ => true, Token)).Value;
}
