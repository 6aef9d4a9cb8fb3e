using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Tests.Hub;

[Collection(LinkedPortal.Name)]
public sealed class RefusalTests(LinkedPortal fixture)
{
    [Fact]
    public async Task A_replayed_nonce_is_refused()
    {
        MessageHead? first = null;
        (await fixture.Portal.SendAsync(fixture.Hub, "hub", HttpMethod.Get, "/v1/matrix", [], h => first = h)).Status.ShouldBe(200);

        await ShouldBeAsync(fixture.Portal.SendAsync(fixture.Hub, "hub", HttpMethod.Get, "/v1/matrix", [], _ => first!), 400, "REPLAY", "hub");
    }

    [Theory]
    [InlineData(-61)]
    [InlineData(61)]
    public async Task A_clock_a_minute_off_is_refused(int seconds) => await ShouldBeAsync(
        fixture.Portal.SendAsync(fixture.Hub, "hub", HttpMethod.Get, "/v1/matrix", [], h => h with { Time = HubTime.Write(TimeProvider.System.GetUtcNow().AddSeconds(seconds)) }),
        400,
        "CLOCK_SKEW",
        "hub");

    [Theory]
    [InlineData("sender")]
    [InlineData("receiver")]
    [InlineData("key")]
    [InlineData("body")]
    public async Task A_message_that_is_not_what_was_signed_or_not_from_its_sender_is_refused(string what) => await ShouldBeAsync(
        fixture.Portal.SendAsync(
            fixture.Hub,
            "hub",
            HttpMethod.Post,
            "/v1/linkages",
            "{}"u8.ToArray(),
            h => what switch
            {
                "sender" => h with { Sender = "sakura-city" },
                "receiver" => h with { Receiver = "sakura-city" },
                "key" => h with { Key = new string('0', 64) },
                _ => h,
            },
            what is "body" ? "{ }"u8.ToArray() : null),
        400,
        "SIG_INVALID",
        "hub");

    [Fact]
    public async Task A_certificate_of_another_ca_is_not_let_in()
    {
        using var folder = new TemporaryFolder();
        var foreign = OrganisationCa.LoadOrFound(folder.Sub("ca"), TimeProvider.System);
        using var intruder = new Requester(OrganisationKeys.LoadOrMake("portal", folder.Sub("keys"), foreign), Ca());

        await Should.ThrowAsync<HttpRequestException>(() => intruder.GetAsync(fixture.Hub, "/v1/matrix"));
    }

    [Fact]
    public async Task Somebody_the_hub_does_not_list_is_refused_even_with_the_right_ca()
    {
        using var folder = new TemporaryFolder();
        var ca = OrganisationCa.LoadOrFound(new DataFolder(Path.Combine(fixture.Data, "organisations", "ca")), TimeProvider.System);
        using var stranger = new Requester(OrganisationKeys.LoadOrMake("stranger", folder.Sub("keys"), ca), Ca());

        await ShouldBeAsync(stranger.GetAsync(fixture.Hub, "/v1/matrix"), 403, "NOT_PARTICIPANT", "hub");
    }

    [Fact]
    public async Task The_portal_cannot_ask_a_holder_past_the_hub() => await ShouldBeAsync(
        fixture.Portal.SendAsync(fixture.Role(32), "sakura-city", HttpMethod.Post, "/v1/provide", "{}"u8.ToArray()),
        403,
        "CLASS_NOT_ELIGIBLE",
        "holder");

    [Fact]
    public async Task A_body_that_is_no_request_is_refused() => await ShouldBeAsync(fixture.Portal.PostAsync(fixture.Hub, "/v1/linkages", new { Core = "e30=" }), 400, "SCHEMA", "hub");

    [Fact]
    public Task An_old_version_of_the_core_is_refused() => ShouldRefuseAsync(c => c with { Type = "MYP-HUB/0" }, 400, "SCHEMA");

    [Fact]
    [Requirement(59)]
    public Task A_row_nobody_issued_is_refused() => ShouldRefuseAsync(c => c with { RowId = "city-secrets" }, 403, "NO_ROW");

    [Fact]
    [Requirement(59)]
    public Task A_row_of_another_holder_is_refused() => ShouldRefuseAsync(c => c with { Holder = "pension-agency" }, 403, "NO_ROW");

    [Fact]
    [Requirement(59)]
    public Task Another_basis_is_refused() => ShouldRefuseAsync(c => c with { Basis = LinkageBasis.Statute }, 403, "NO_ROW");

    [Fact]
    [Requirement(59)]
    public Task An_old_matrix_is_refused() => ShouldRefuseAsync(c => c with { MatrixVersion = 0 }, 403, "ROW_EXPIRED");

    [Fact]
    [Requirement(59)]
    public Task An_item_outside_the_row_is_refused() => ShouldRefuseAsync(c => c with { Items = ["income", "address"] }, 403, "ITEM_OUT_OF_SCOPE");

    [Fact]
    public Task A_weak_login_is_refused() => ShouldRefuseAsync(c => c with { Evidence = "passkey" }, 401, "LEVEL_TOO_LOW");

    [Fact]
    public Task A_card_with_PIN_that_the_requester_relies_on_less_is_refused() => ShouldRefuseAsync(c => c with { Level = 2 }, 401, "LEVEL_TOO_LOW");

    [Fact]
    public Task A_level_above_what_the_evidence_can_prove_is_refused() => ShouldRefuseAsync(c => c with { Evidence = "passkey", Level = 3 }, 401, "LEVEL_TOO_LOW");

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-3)]
    public Task A_level_that_does_not_exist_is_refused(int level) => ShouldRefuseAsync(c => c with { Level = level }, 400, "SCHEMA");

    [Fact]
    public Task A_request_in_the_name_of_another_is_refused() => ShouldRefuseAsync(c => c with { Requester = "pension-agency" }, 403, "NOT_PARTICIPANT");

    [Fact]
    public Task A_deadline_in_the_past_is_refused_by_the_holder() =>
        ShouldRefuseAsync(c => c with { IssuedAt = c.IssuedAt.AddMinutes(-2), Deadline = c.Deadline.AddMinutes(-1) }, 504, "HOLDER_TIMEOUT", "holder");

    [Fact]
    public Task A_tag_that_nobody_can_open_is_a_mismatch() => ShouldRefuseAsync(c => c with { SubjectTag = new byte[200] }, 409, "SUBJECT_MISMATCH", "holder");

    [Fact]
    [Requirement(58)]
    public async Task A_code_with_one_letter_changed_is_unknown()
    {
        var code = await fixture.CodeOfAsync("hanako");
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self");
        var other = (code[^1] is '0' ? '1' : '0').ToString();

        await ShouldBeAsync(fixture.Portal.PostAsync(fixture.Hub, "/v1/linkages", attempt.Request(fixture.Portal, code[..^1] + other)), 404, "CODE_UNKNOWN", "hub");
    }

    [Fact]
    public async Task A_core_that_was_changed_after_signing_is_refused_by_the_holder()
    {
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self");
        var request = attempt.Request(fixture.Portal, await fixture.CodeOfAsync("hanako"));
        request.CoreSignature[5] ^= 1;

        await ShouldBeAsync(fixture.Portal.PostAsync(fixture.Hub, "/v1/linkages", request), 400, "SIG_INVALID", "holder");
    }

    [Fact]
    public async Task Another_persons_code_with_the_right_tag_is_a_mismatch()
    {
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self");

        await ShouldBeAsync(fixture.AskAsync(attempt, "taro"), 409, "SUBJECT_MISMATCH", "holder");
    }

    [Fact]
    public async Task A_second_code_for_a_known_request_raises_an_alarm()
    {
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self");
        (await fixture.AskAsync(attempt, "hanako")).Status.ShouldBe(200);

        await ShouldBeAsync(fixture.AskAsync(attempt, "taro"), 400, "REPLAY", "holder");

        var records = await File.ReadAllLinesAsync(Path.Combine(fixture.Data, "organisations", "sakura-city", "access-records.jsonl"), TestContext.Current.CancellationToken);
        records.ShouldContain(r => r.Contains("ALARM", StringComparison.Ordinal) && r.Contains(attempt.Core.RequestId.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Too_many_questions_about_one_person_are_refused()
    {
        var code = new string('1', 26);
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self");
        Heard? heard = null;
        for (var i = 0; i < 250 && heard?.Status is null or 404; i++) heard = await fixture.Portal.PostAsync(fixture.Hub, "/v1/linkages", attempt.Request(fixture.Portal, code));

        heard!.Status.ShouldBe(429);
        heard.Problem.ShouldBe(new HubProblem("RATE_LIMIT", "hub", Retryable: true, attempt.Core.RequestId));
    }

    private async Task ShouldRefuseAsync(Func<LinkageCore, LinkageCore> change, int status, string code, string at = "hub")
    {
        using var attempt = fixture.AttemptFor("hanako", "city-tax-self", change);
        await ShouldBeAsync(fixture.AskAsync(attempt, "hanako"), status, code, at);
    }

    private static async Task ShouldBeAsync(Task<Heard> asking, int status, string code, string at)
    {
        var heard = await asking;

        (heard.Status, heard.Problem.Code, heard.Problem.Stage, heard.ErrorAt).ShouldBe((status, code, at, at));
    }

    private X509Certificate2 Ca() => X509CertificateLoader.LoadCertificateFromFile(Path.Combine(fixture.Data, "organisations", "ca", "ca.pem"));

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("keys-");

        public DataFolder Sub(string name) => new(Path.Combine(folder.FullName, name));

        public void Dispose() => folder.Delete(recursive: true);
    }
}
