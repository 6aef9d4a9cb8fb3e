using System.Text;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Kernel;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Hub;

public sealed class HubDirectoryTests
{
    private const string MatrixPath = "/v1/matrix";
    private const string ParticipantsPath = "/v1/participants";

    [Fact]
    public async Task A_copy_serves_for_ten_minutes_and_is_then_fetched_anew()
    {
        await using var fixture = await HubFixture.StartAsync();
        await ReadAsync(fixture);
        fixture.Hub.Paths.Clear();

        await ReadAsync(fixture);
        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(9));
        await ReadAsync(fixture);
        fixture.Hub.Paths.ShouldBeEmpty();

        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(2));
        (await ReadAsync(fixture)).IsRefused.ShouldBeFalse();
        fixture.Hub.Paths.ShouldBe([ParticipantsPath, MatrixPath]);
    }

    [Fact]
    public async Task An_old_copy_is_not_used_even_while_the_hub_is_down()
    {
        await using var fixture = await HubFixture.StartAsync();
        var row = await fixture.RowAsync(HubFixture.CityTax);
        await fixture.Hub.StopAsync(TestHub.Id);
        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(11));

        (await ReadAsync(fixture)).Error.Code.ShouldBe("hub.unavailable");
        using var asked = await fixture.AskAsync(row);
        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Unavailable, "hub.unavailable"));
    }

    [Fact]
    public async Task Those_who_come_together_share_one_fetch()
    {
        await using var portal = await TestPortal.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)));

        portal.Hub.Paths.ShouldBe([ParticipantsPath, MatrixPath]);
    }

    [Fact]
    public async Task A_hub_that_comes_back_is_found_again()
    {
        await using var portal = await TestPortal.StartAsync();
        await portal.Hub.StopAsync(TestHub.Id);
        (await portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).IsRefused.ShouldBeTrue();

        await portal.Hub.StartAsync(TestHub.Id);

        (await portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).IsRefused.ShouldBeFalse();
    }

    [Fact]
    public Task A_matrix_older_than_ten_minutes_is_refused() => ShouldRefuseMatrixAsync(matrix => matrix with { IssuedAt = matrix.IssuedAt.AddMinutes(-11) });

    [Fact]
    public Task A_matrix_from_the_future_is_refused() => ShouldRefuseMatrixAsync(matrix => matrix with { IssuedAt = matrix.IssuedAt.AddMinutes(11) });

    [Fact]
    public Task Two_rows_of_one_name_are_refused() => ShouldRefuseMatrixAsync(matrix => matrix with { Rows = [.. matrix.Rows, matrix.Rows[0]] });

    [Fact]
    public Task A_row_that_is_null_is_refused() => ShouldRefuseMatrixAsync(matrix => matrix with { Rows = [.. matrix.Rows, null!] });

    [Fact]
    public Task A_name_that_is_none_is_refused() => ShouldRefuseMatrixAsync(matrix => matrix with { Rows = [matrix.Rows[0] with { Holder = "さくら市" }] });

    [Fact]
    public async Task A_matrix_that_somebody_else_signed_is_refused()
    {
        await using var portal = await TestPortal.StartAsync();
        var forge = new HubForge(portal.Hub);
        Interfere(portal, MatrixPath, async (request, send) =>
        {
            var matrix = await PublishedAsync<AuthorisationMatrix>(send);
            return forge.Reply(request, HubForge.Write(Publication.Sign(matrix, forge.KeysOf(TestHub.City))));
        });

        (await portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Error.Code.ShouldBe("hub.unavailable");
    }

    [Fact]
    public async Task A_hub_whose_certificate_is_of_another_CA_is_refused()
    {
        await using var portal = await TestPortal.StartAsync();
        var elsewhere = new DataFolder(Path.Combine(portal.Folder, "elsewhere"));
        var foreign = OrganisationKeys.LoadOrMake(TestHub.Id, elsewhere, OrganisationCa.LoadOrFound(elsewhere, portal.Clock));
        Interfere(portal, ParticipantsPath, async (request, send) =>
        {
            var list = await PublishedAsync<ParticipantList>(send);
            var forged = list with { Participants = [.. list.Participants.Select(one => one.Id is TestHub.Id ? one with { SigningCertificate = foreign.SigningCertificate.RawData } : one)] };
            var body = HubForge.Write(Publication.Sign(forged, foreign));
            var head = new MessageHead(TestHub.Id, "portal", foreign.KeyId, request.Headers.GetValues(MessageHead.TimeHeader).Single(), request.Headers.GetValues(MessageHead.NonceHeader).Single());
            var reply = new HttpResponseMessage { Content = new ByteArrayContent(body) };
            foreach (var (name, value) in head.Headers(foreign.Sign(head.ReplyBytes(200, body))))
            {
                reply.Headers.TryAddWithoutValidation(name, value);
            }

            return reply;
        });

        (await portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Error.Code.ShouldBe("hub.unavailable");
    }

    [Fact]
    public async Task A_holder_whose_key_is_of_another_CA_is_asked_nothing()
    {
        await using var fixture = await HubFixture.StartAsync();
        var forge = new HubForge(fixture.Hub);
        var elsewhere = new DataFolder(Path.Combine(fixture.Portal.Folder, "elsewhere"));
        var foreign = OrganisationKeys.LoadOrMake(TestHub.City, elsewhere, OrganisationCa.LoadOrFound(elsewhere, fixture.Portal.Clock));
        Interfere(fixture.Portal, ParticipantsPath, async (request, send) =>
        {
            var list = await PublishedAsync<ParticipantList>(send);
            return forge.Publish(request, list with { Participants = [.. list.Participants.Select(one => one.Id is TestHub.City ? one with { SealingCertificate = foreign.SealingCertificate.RawData } : one)] });
        });
        fixture.Portal.Clock.Advance(TimeSpan.FromMinutes(11));
        var row = await fixture.RowAsync(HubFixture.CityTax);
        fixture.Hub.Paths.Clear();

        using var asked = await fixture.AskAsync(row);

        asked.Outcome.ShouldBe(QueryOutcome.Unavailable);
        fixture.Hub.Paths.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_the_hub_calls_expired_is_asked_once_more_under_the_newer_matrix()
    {
        await using var fixture = await HubFixture.StartAsync();
        var row = await fixture.RowAsync(HubFixture.CityTax);
        var forge = new HubForge(fixture.Hub);
        var asking = 0;
        Interfere(fixture.Portal, "/v1/linkages", async (request, send) => ++asking is 1 ? forge.Refuse(request, "ROW_EXPIRED") : await send());
        fixture.Hub.Paths.Clear();

        using var asked = await fixture.AskAsync(row);

        asked.Outcome.ShouldBe(QueryOutcome.Answered, asked.Code);
        fixture.Hub.Paths.Take(4).ShouldBe(["/v1/linkages", ParticipantsPath, MatrixPath, "/v1/linkages"]);
    }

    [Fact]
    public async Task A_row_that_changed_since_the_person_saw_it_is_not_asked()
    {
        await using var fixture = await HubFixture.StartAsync();
        var row = await fixture.RowAsync(HubFixture.CityTax);
        fixture.Hub.Paths.Clear();

        using var asked = await fixture.AskAsync(row with { Purpose = new Label("広告のため", "For advertising", "こうこく") });

        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Denied, "hub.row-expired"));
        fixture.Hub.Paths.ShouldNotContain(path => path == "/v1/linkages");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"content\":null,\"signature\":null}")]
    [InlineData("<html>")]
    public async Task A_publication_that_is_none_is_refused(string text)
    {
        await using var portal = await TestPortal.StartAsync();
        var forge = new HubForge(portal.Hub);
        Interfere(portal, ParticipantsPath, (request, _) => Task.FromResult(forge.Reply(request, Encoding.UTF8.GetBytes(text))));

        (await portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Error.Code.ShouldBe("hub.unavailable");
    }

    private static Task<Result<HubPublications>> ReadAsync(HubFixture fixture) => fixture.Portal.Get<HubDirectory>().ReadAsync(CancellationToken.None);

    private static async Task ShouldRefuseMatrixAsync(Func<AuthorisationMatrix, AuthorisationMatrix> change)
    {
        await using var portal = await TestPortal.StartAsync();
        var forge = new HubForge(portal.Hub);
        Interfere(portal, MatrixPath, async (request, send) => forge.Publish(request, change(await PublishedAsync<AuthorisationMatrix>(send))));

        (await portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Error.Code.ShouldBe("hub.unavailable");
    }

    private static void Interfere(TestPortal portal, string path, Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> act) =>
        portal.Hub.Interference = (request, send) => request.RequestUri!.AbsolutePath == path ? act(request, send) : send();

    private static async Task<T> PublishedAsync<T>(Func<Task<HttpResponseMessage>> send)
    {
        using var reply = await send();
        return HubForge.Read<T>(HubForge.Read<SignedPublication>(await reply.Content.ReadAsByteArrayAsync()).Content);
    }
}
