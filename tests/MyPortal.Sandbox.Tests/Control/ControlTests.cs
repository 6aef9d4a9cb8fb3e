using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SandboxScenario;

namespace MyPortal.Sandbox.Tests.Control;

public sealed class ControlTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>, IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = sandbox.Control };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task The_portal_finds_its_trust_bundle_with_every_root()
    {
        var folder = Path.Combine(sandbox.Data, "trust-bundle", "portal");
        var trustBundle = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(folder, "portal.json"), Token));

        var roots = trustBundle.GetProperty("Jpki").GetProperty("Roots").EnumerateArray().ToList();
        roots.Count.ShouldBe(6);
        roots[2].GetProperty("OcspAddress").GetString().ShouldBe($"http://127.0.0.1:{sandbox.PortBase + 21}/ocsp/authentication/3");
        foreach (var root in roots)
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, root.GetProperty("File").GetString()!));
            certificate.HasPrivateKey.ShouldBeFalse();
        }
        trustBundle.GetProperty("CertificateLinkage").GetProperty("Address").GetString().ShouldBe($"http://127.0.0.1:{sandbox.PortBase + 22}");
    }

    [Fact]
    public async Task The_page_shows_every_card_with_its_pin()
    {
        var page = WebUtility.HtmlDecode(await http.GetStringAsync("/", Token));

        page.ShouldContain("<html lang=\"ja\">");
        page.ShouldContain("山田　花子");
        page.ShouldContain("<code>1234</code>");
        page.ShouldContain("お知らせを2通送る");
    }

    [Fact]
    public async Task The_world_waits_for_portal_and_agent() =>
        (await http.GetFromJsonAsync<ScenarioProgress>("/control/world", ContractJson.Options, Token))!.State.ShouldBe(ScenarioState.Waiting);

    [Theory]
    [InlineData("linkage", 22)]
    [InlineData("certificate-authority", 21)]
    public async Task A_stopped_role_refuses_connections_until_it_is_started(string role, int offset)
    {
        var health = new Uri($"http://127.0.0.1:{sandbox.PortBase + offset}/health/live");

        (await PostAsync($"/control/{role}/stop")).ShouldBe(HttpStatusCode.OK);
        using (var other = new HttpClient())
        {
            await Should.ThrowAsync<HttpRequestException>(() => other.GetAsync(health, Token));
            (await PostAsync($"/control/{role}/start")).ShouldBe(HttpStatusCode.OK);
            using var answer = await other.GetAsync(health, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_revoked_card_shows_as_revoked_until_it_is_restored()
    {
        (await PostAsync("/control/cards/taro/revoke?reason=certificateHold")).ShouldBe(HttpStatusCode.OK);
        (await http.GetStringAsync("/", Token)).ShouldContain("/control/cards/taro/restore");

        (await PostAsync("/control/cards/taro/restore")).ShouldBe(HttpStatusCode.OK);
        (await http.GetStringAsync("/", Token)).ShouldNotContain("/control/cards/taro/restore");
    }

    [Fact]
    public async Task A_locked_card_is_unlocked_at_the_counter()
    {
        (await http.GetStringAsync("/", Token)).ShouldContain("残り0回");

        (await PostAsync("/control/cards/naoki/unlock")).ShouldBe(HttpStatusCode.OK);

        (await http.GetStringAsync("/", Token)).ShouldNotContain("残り0回");
    }

    [Fact]
    public async Task A_browser_is_sent_back_to_the_page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/control/linkage/start");
        request.Headers.Add("Accept", "text/html");
        using var answer = await http.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task The_page_lets_the_browser_say_where_its_own_forms_come_from()
    {
        using var page = await http.GetAsync("/", Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/control/linkage/start");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Origin", $"http://127.0.0.1:{sandbox.PortBase + 20}");
        using var answer = await http.SendAsync(request, Token);

        page.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/control/nobody/stop")]
    [InlineData("/control/linkage/explode")]
    [InlineData("/control/cards/nobody/notices")]
    [InlineData("/control/cards/nobody/revoke")]
    public async Task What_does_not_exist_is_not_found(string path) => (await PostAsync(path)).ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "evil.example")]
    public async Task Another_site_cannot_press_a_button(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/control/linkage/stop");
        request.Headers.Add(header, value);
        using var answer = await http.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Another_host_name_sees_no_pin()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = $"portal.example:{sandbox.PortBase + 20}";
        using var answer = await http.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<HttpStatusCode> PostAsync(string path)
    {
        using var answer = await http.PostAsync(path, content: null, Token);
        return answer.StatusCode;
    }
}
