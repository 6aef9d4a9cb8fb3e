using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Notices;
using MyPortal.Features.Senders;
using MyPortal.Tests.Features.Senders.Admission;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Senders.Keys;

public sealed class SenderKeyTests
{
    [Fact]
    public async Task With_a_test_key_a_developer_posts_a_first_notice_before_the_sender_is_admitted()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.WriteAsync();
        using var made = await fixture.Ichiro.FillInAsync($"/admin/senders/{id}/keys", "key", ("purpose", "Test"), ("way", "make"));
        var page = await ReadPage.ParseAsync(made);
        using var key = ECDsa.Create();
        key.ImportFromPem(page.QuerySelector(".console-pem")!.TextContent);
        var testCode = page.QuerySelectorAll("main dd code")[^1].Words();
        var hanako = await fixture.Portal.EnrolAsync();
        using var city = await TestSender.SignedInAsync(fixture.Portal);
        using var program = await SignInAsync(fixture.Portal, "hinode-gas", key);

        using var posted = await PostAsync(program, testCode);
        var status = await posted.Content.ReadFromJsonAsync<NoticeStatus>(ContractJson.Options, TestContext.Current.CancellationToken);
        using var read = await program.GetAsync(posted.Headers.Location, TestContext.Current.CancellationToken);
        using var toSomebody = await PostAsync(program, await city.CodeOfAsync(hanako));
        using var foreign = await city.PostAsync(TestSender.Letter(testCode));

        posted.StatusCode.ShouldBe(HttpStatusCode.Created);
        status!.State.ShouldBe(NoticeState.Delivered);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        toSomebody.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "a test key reaches nobody");
        foreign.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "a test code means nothing to another sender");
        (await fixture.Ichiro.Browser.OpenAsync($"/admin/senders/{id}/keys")).QuerySelector(".console-pem").ShouldBeNull("the key is shown once");
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<Notice>().AnyAsync(notice => notice.Owner == hanako, TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_makes_one_key_and_says_that_its_private_half_was_shown_before()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        var id = await fixture.WriteAsync();
        (string, string)[] typed = [("purpose", "Test"), ("way", "make"), ("formKey", Guid.CreateVersion7().ToString())];

        using var first = await fixture.Ichiro.FillInAsync($"/admin/senders/{id}/keys", "key", typed);
        using var second = await fixture.Ichiro.FillInAsync($"/admin/senders/{id}/keys", "key", typed);
        var shown = await ReadPage.ParseAsync(first);
        var again = await ReadPage.ParseAsync(second);

        shown.QuerySelector(".console-pem").ShouldNotBeNull();
        again.QuerySelector(".console-pem").ShouldBeNull();
        again.QuerySelector(".error-summary").Words().ShouldContain("もう送られていて");
        again.QuerySelectorAll("main tbody tr").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_test_key_of_an_admitted_sender_does_not_reach_its_real_recipients()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var city = await TestSender.SignedInAsync(fixture.Portal);
        var code = await city.CodeOfAsync(await fixture.Portal.EnrolAsync());
        using var testKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var added = await UploadAsync(fixture, city.Id.Value, testKey, "Test");
        using var program = await SignInAsync(fixture.Portal, city.ClientId, testKey);

        using var posted = await PostAsync(program, code);

        posted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await posted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("notice.recipient-unknown");
    }

    [Fact]
    public async Task Two_keys_are_valid_at_once_and_a_third_is_refused()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var city = await TestSender.SignedInAsync(fixture.Portal);
        using var second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var third = RSA.Create(2048);

        using var added = await UploadAsync(fixture, city.Id.Value, second);
        using var refused = await UploadAsync(fixture, city.Id.Value, third);
        using var program = await SignInAsync(fixture.Portal, city.ClientId, second);

        (await ReadPage.ParseAsync(added)).QuerySelector(".banner-success").ShouldNotBeNull();
        (await ReadPage.ParseAsync(refused)).QuerySelector(".field-problem").Words().ShouldStartWith("同じ種類の鍵は二つまでです");
        await city.SignInAsync();
    }

    [Fact]
    public async Task A_revoked_key_and_its_tokens_are_refused_at_once_and_an_ended_one_on_its_day()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var city = await TestSender.SignedInAsync(fixture.Portal);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        fixture.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var tomorrow = DateOnly.FromDateTime(fixture.Portal.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).DateTime).AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        using var added = await UploadAsync(fixture, city.Id.Value, next, "Live", tomorrow);
        using var program = await SignInAsync(fixture.Portal, city.ClientId, next);
        var revoke = (await ReadPage.ParseAsync(added)).QuerySelectorAll("form[action$='/revoke']")[^1].GetAttribute("action")!;

        using var revoked = await fixture.Ichiro.PressAsync(revoke);
        using var withOld = await city.PostAsync(TestSender.Letter("x"));
        using var withNew = await PostAsync(program, "x");

        revoked.Headers.Location!.OriginalString.ShouldEndWith("?done=revoked");
        withOld.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        withNew.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        fixture.Portal.Clock.Advance(TimeSpan.FromDays(2));
        using var late = await AskAsync(fixture.Portal, city.ClientId, next);
        late.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("nothing"), InlineData("private"), InlineData("P-384"), InlineData("RSA-1024"), InlineData("known"), InlineData("past"), InlineData("live before admission")]
    public async Task A_key_that_will_not_do_is_refused(string what)
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var city = await TestSender.RegisterAsync(fixture.Portal);
        var draft = what is "live before admission" ? await fixture.WriteAsync() : city.Id.Value;
        using var fine = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var weak = RSA.Create(1024);
        var pem = what switch
        {
            "nothing" => "",
            "private" => fine.ExportPkcs8PrivateKeyPem(),
            "P-384" => p384.ExportSubjectPublicKeyInfoPem(),
            "RSA-1024" => weak.ExportSubjectPublicKeyInfoPem(),
            "known" => city.Key.ExportSubjectPublicKeyInfoPem(),
            _ => fine.ExportSubjectPublicKeyInfoPem(),
        };

        using var answer = await fixture.Ichiro.FillInAsync($"/admin/senders/{draft}/keys", "key", ("purpose", "Live"), ("publicKey", pem), ("ends", what is "past" ? "2020-01-01" : ""), ("way", "upload"));

        (await ReadPage.ParseAsync(answer)).QuerySelector(".error-summary").ShouldNotBeNull();
        await using var db = fixture.Portal.OpenDatabase();
        (await db.Set<SenderKey>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    private static Task<HttpResponseMessage> UploadAsync(AdmissionFixture fixture, Guid sender, AsymmetricAlgorithm key, string purpose = "Live", string ends = "") =>
        fixture.Ichiro.FillInAsync($"/admin/senders/{sender}/keys", "key", ("purpose", purpose), ("publicKey", key.ExportSubjectPublicKeyInfoPem()), ("ends", ends), ("way", "upload"));

    // What docs/sender-api.md says, and nothing of the test's own sender.
    private static async Task<HttpClient> SignInAsync(TestPortal portal, string clientId, AsymmetricAlgorithm key)
    {
        using var answer = await AskAsync(portal, clientId, key);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<TokenAnswer>(ContractJson.Options))!.AccessToken;
        var program = portal.Browser();
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return program;
    }

    private static async Task<HttpResponseMessage> AskAsync(TestPortal portal, string clientId, AsymmetricAlgorithm key)
    {
        var assertion = new TestAssertion(clientId, clientId, "http://localhost:5080/api/v1/token", Guid.NewGuid().ToString("N"), portal.Clock.GetUtcNow().AddMinutes(4).ToUnixTimeSeconds());
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion.SignWith(key),
        });
        using var program = portal.Browser();
        return await program.PostAsync("/api/v1/token", form);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient program, string recipient)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/notices") { Content = JsonContent.Create(TestSender.Letter(recipient), options: ContractJson.Options) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        return await program.SendAsync(request);
    }
}
