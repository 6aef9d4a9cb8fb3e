using MyPortal.Contracts.SandboxScenario;
using MyPortal.Sandbox.TestPersons;

namespace MyPortal.Sandbox.Seeding;

/// <summary>
/// Fills the portal at the first start: people enrol and consent through the real pages, senders post through the real API. There is no seed
/// table in the portal, so what works here works for everybody.
/// </summary>
internal sealed class ScenarioSeeder(
    ReadinessProbe readiness,
    Enrolment enrolment,
    OperatorAppointment appointment,
    RegisterCommand register,
    Connecting connecting,
    NoticeRound round,
    SeedProgress board,
    IReadOnlyList<TestPerson> cast,
    ILogger<ScenarioSeeder> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await MakeAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogInformation("Scenario making stopped");
        }
        catch (Exception trouble)
        {
            // The edge of this background work: whatever went wrong is shown to whoever waits for the scenario.
            log.LogError(trouble, "Scenario making failed");
            board.Fail(trouble.Message);
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        board.Enter(ScenarioState.Waiting, "ポータルとカードアプリの応答を待っています。");
        await readiness.WaitUntilReadyAsync(cancellationToken);

        board.Enter(ScenarioState.Making, "ポータルとカードアプリが応答しました。");
        var residents = cast.Where(m => m.Person.Enrols).ToList();
        foreach (var member in residents)
        {
            var isNew = await enrolment.EnrolOnceAsync(member, cancellationToken);
            board.Step($"{member.Person.Name}さんが{(isNew ? "登録しました" : "すでに登録しています")}。");
        }

        foreach (var member in cast.Where(m => m.Person.OperatorRoles.Count > 0))
        {
            if (!appointment.IsPossible) break;
            await enrolment.EnrolOnceAsync(member, cancellationToken);
            await appointment.AppointOnceAsync(member, cancellationToken);
            board.Step($"{member.Person.Name}さんが運用者になりました。");
        }

        await register.RunAsync(cancellationToken);
        board.Step("送り手を登録しました。");
        foreach (var member in residents)
        {
            if (await connecting.ConnectOnceAsync(member, cancellationToken)) board.Step($"{member.Person.Name}さんが市と電力会社をつなぎました。");
        }

        foreach (var member in residents)
        {
            await round.PostFirstAsync(member.Person, cancellationToken);
            board.Step($"{member.Person.Name}さんへのお知らせがそろいました。");
        }
        board.Enter(ScenarioState.Ready, "準備ができました。");
    }
}
