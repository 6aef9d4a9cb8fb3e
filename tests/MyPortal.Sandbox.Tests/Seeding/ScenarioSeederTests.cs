using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Storage;
using MyPortal.Sandbox.Tests.CertificateAuthority;
using MyPortal.Sandbox.VirtualCard;
using MyPortal.Sandbox.Seeding;

namespace MyPortal.Sandbox.Tests.Seeding;

public sealed class ScenarioSeederTests(AuthorityFixture fixture) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("world-").FullName;
    private ExternalServices outside = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for the portal's command is a shell script.");
        outside = await ExternalServices.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "register.sh"), $"cat > '{folder}/order.json'\n", Token);
    }

    public async ValueTask DisposeAsync()
    {
        await outside.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_resident_enrols_through_the_pages_and_receives_the_first_notices()
    {
        var board = await MakeAsync();

        board.Progress.State.ShouldBe(ScenarioState.Ready, board.Progress.Trouble);
        outside.Transactions.ShouldBe(
            ["card hanako 1234 HANAKO1985 v1", "name 花子", "kept", "card hanako 1234  v1", "consent sakura-city agree recipient-code", "consent midori-denki agree recipient-code"]);
        outside.Notices.Count.ShouldBe(10);
        outside.Notices.Values.ShouldAllBe(n => n.Recipient == ExternalServices.Code);
    }

    [Fact]
    public async Task The_ready_world_tells_programs_all_they_need()
    {
        var ready = (await MakeAsync()).Progress.Scenario.ShouldNotBeNull();

        ready.Portal.ShouldBe(outside.Portal.GetLeftPart(UriPartial.Authority));
        ready.Cards.Select(c => (c.Id, c.Enrolled)).ShouldBe([("hanako", true), ("taro", false), ("sakura", false)]);
        var city = ready.Senders.Single(s => s.Id is "sakura-city");
        city.RecipientCodes.ShouldBe([new ScenarioRecipientCode("hanako", ExternalServices.Code)]);
        city.PrivateKeyPem.ShouldStartWith("-----BEGIN PRIVATE KEY-----");
        city.TokenUrl.ShouldBe(outside.Portal + "api/v1/token");
    }

    [Fact]
    public async Task A_program_reads_the_ready_world_even_with_a_card_that_has_no_signature_password()
    {
        var progress = (await MakeAsync()).Progress;

        var read = JsonSerializer.Deserialize<ScenarioProgress>(JsonSerializer.Serialize(progress, ContractJson.Options), ContractJson.Options)!;

        read.Scenario!.Cards.Single(c => c.Id is "sakura").SignaturePassword.ShouldBeNull();
    }

    [Fact]
    public async Task A_second_start_neither_enrols_nor_posts_again()
    {
        await MakeAsync();
        outside.Transactions.Clear();
        outside.Notices.Clear();

        var board = await MakeAsync();

        board.Progress.State.ShouldBe(ScenarioState.Ready, board.Progress.Trouble);
        outside.Transactions.ShouldBeEmpty();
        outside.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_command_is_told_senders_but_no_citizen_and_no_secret()
    {
        await MakeAsync();

        var order = await File.ReadAllTextAsync(Path.Combine(folder, "order.json"), Token);
        order.ShouldContain("\"id\":\"midori-denki\"");
        order.ShouldNotContain("hanako");
        order.ShouldNotContain("PRIVATE KEY");
    }

    [Fact]
    public async Task A_command_that_fails_is_named_as_the_trouble()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "register.sh"), "echo 'no such database' >&2; exit 3", Token);

        var board = await MakeAsync();

        board.Progress.State.ShouldBe(ScenarioState.Failed);
        board.Progress.Trouble.ShouldBe("register-sandbox-senders ended with 3: no such database");
    }

    [Fact]
    public async Task Fresh_notices_reach_whoever_connected_a_sender_and_nobody_else()
    {
        await using var pieces = await PiecesAsync();
        var taro = pieces.Cast[1].Person;
        (await pieces.Round.PostFreshAsync(taro, Token)).ShouldBeNull();

        pieces.Memory.Connected(new CustomerConnection("midori-denki", taro.Id, ExternalServices.Code, Guid.CreateVersion7()));
        var fresh = (await pieces.Round.PostFreshAsync(taro, Token)).ShouldNotBeNull();

        fresh.Notices.Select(n => n.Sender).ShouldBe(["midori-denki"]);
        fresh.Notices.ShouldAllBe(n => n.RecipientCode == ExternalServices.Code);
        outside.Notices.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_sender_that_was_told_of_a_withdrawal_has_no_code_any_more()
    {
        await using var pieces = await PiecesAsync();
        var connection = new CustomerConnection("midori-denki", "hanako", ExternalServices.Code, Guid.CreateVersion7());
        pieces.Memory.Connected(connection);

        pieces.Memory.Disconnected("midori-denki", connection.Consent);

        pieces.Memory.CodeOf("midori-denki", "hanako").ShouldBeNull();
    }

    private async Task<SeedProgress> MakeAsync()
    {
        await using var pieces = await PiecesAsync();
        await pieces.OpenSitesAsync(Token);
        var enrolment = new Enrolment(pieces.Options, pieces.Memory, NullLogger<Enrolment>.Instance);
        using var maker = new ScenarioSeeder(pieces.ReadinessProbe, enrolment, new OperatorAppointment(pieces.Options, pieces.Memory), pieces.Register, pieces.Connecting, pieces.Round, pieces.Board, pieces.Cast, NullLogger<ScenarioSeeder>.Instance);
        await maker.StartAsync(Token);
        await Wait.EndOf(maker.ExecuteTask!);
        return pieces.Board;
    }

    private async Task<SeedingFixture> PiecesAsync()
    {
        var options = new SandboxOptions(folder, folder, Random.Shared.Next(20_000, 32_000), outside.Portal, outside.Agent, outside.CardListener, ["/bin/sh", Path.Combine(folder, "register.sh")]);
        var people = People.All.Where(p => p.Id is "hanako" or "taro" or "sakura").ToList();
        var applets = await new CardStore(fixture.Authority, new DataFolder(folder).Sub("cards"), TimeProvider.System).OpenAsync(people, Token);
        return new SeedingFixture(options, [.. people.Zip(applets, (p, a) => new TestPerson(p, a, new CardInReader(a, options.CardListener, TimeProvider.System)))]);
    }
}
