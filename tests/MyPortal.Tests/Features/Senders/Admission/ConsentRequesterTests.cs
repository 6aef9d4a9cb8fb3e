using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Tests.Features.Consents;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Senders.Admission;

/// <summary>Who may send people to the portal's pages to ask them: whoever two operators admitted to, with a live key.</summary>
public sealed class ConsentRequesterTests
{
    private static readonly (string Name, string Value)[] Requester =
    [
        ("corporateNumber", "０００００３０００００４５"), ("contact", "ひのでガス 0120-000-0030"), ("returnAddresses", TestBusiness.ReturnTo), ("messageAddress", "http://127.0.0.1:9/messages"),
    ];

    [Fact]
    [Requirement(85)]
    public async Task An_admitted_sender_asks_a_person_who_sees_what_was_admitted()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var gas = await AdmittedAsync(fixture, "Live", Requester);
        var hanako = await fixture.Portal.SignInAsync();

        var page = await hanako.Browser.OpenAsync(await gas.BringAsync(hanako.Browser));

        page.QuerySelector("main").Words().ShouldContain("ひのでガス 0120-000-0030");
        page.QuerySelector("main").Words().ShouldContain("0000030000045");
        page.QuerySelector("main").Words().ShouldContain("検針のお知らせ");
    }

    [Theory]
    [InlineData(false, "Live", HttpStatusCode.Forbidden, "consent.not-registered")]
    [InlineData(true, "Test", HttpStatusCode.Forbidden, "auth.insufficient-scope")]
    public async Task Without_an_admission_to_ask_or_with_a_test_key_nobody_is_asked(bool isAdmittedToAsk, string purpose, HttpStatusCode status, string code)
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var gas = await AdmittedAsync(fixture, purpose, isAdmittedToAsk ? Requester : []);

        using var answer = await gas.PushAsync(gas.Sign(gas.Claims()));

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(code);
    }

    [Fact]
    public async Task A_request_that_a_test_key_signed_is_refused_also_when_a_live_key_brings_it()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var gas = await AdmittedAsync(fixture, "Live", Requester);
        using var testKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await UploadAsync(fixture, gas.Sender.Id.Value, "Test", testKey);

        using var answer = await gas.PushAsync(gas.Sign(gas.Claims(), key: testKey));

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("consent.bad-signature");
    }

    [Fact]
    public async Task A_key_signs_requests_until_its_last_day_and_not_after()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var gas = await AdmittedAsync(fixture, "Live", Requester);
        using var ending = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await UploadAsync(fixture, gas.Sender.Id.Value, "Live", ending, fixture.Portal.Clock.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

        using var before = await gas.PushAsync(gas.Sign(gas.Claims(), key: ending));
        fixture.Portal.Clock.Advance(TimeSpan.FromDays(3));
        await gas.Sender.SignInAsync();
        using var after = await gas.PushAsync(gas.Sign(gas.Claims(), key: ending));

        before.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await after.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("consent.bad-signature");
    }

    [Theory]
    [InlineData("corporateNumber", "12345")]
    [InlineData("corporateNumber", "")]
    [InlineData("contact", "")]
    [InlineData("returnAddresses", "")]
    [InlineData("returnAddresses", "ftp://gas.example/return")]
    [InlineData("returnAddresses", "https://gas.example/return#part")]
    [InlineData("messageAddress", "gas.example/messages")]
    [Requirement(85)]
    public async Task Half_an_address_or_a_wrong_number_is_not_taken(string field, string value)
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        (string Name, string Value)[] fields =
        [
            ("clientId", "hinode-gas"), ("name", "ひのでガス"), ("kind", "Private"), ("about", "緑県の都市ガス会社です。"), ("quotaPerMinute", "60"), ("quotaPerDay", "1000"),
            ("service-0-name", "検針のお知らせ"), ("service-0-basis", "Consent"), ("service-0-basisText", "検針票の電子交付"), ("reason", "新規の申し込み"),
            .. Requester.Where(entry => entry.Name != field), (field, value),
        ];

        using var answer = await fixture.Ichiro.FillInAsync("/admin/senders/new", "sender", fields);

        var page = await ReadPage.ParseAsync(answer);
        page.QuerySelector($".error-summary a[href$='#{field}']").ShouldNotBeNull();
        page.QuerySelector($"#{field}")!.GetAttribute("aria-invalid").ShouldBe("true");
    }

    [Fact]
    public async Task What_was_admitted_once_cannot_be_emptied()
    {
        await using var fixture = await AdmissionFixture.CreateAsync();
        using var gas = await AdmittedAsync(fixture, "Live", Requester);
        var address = $"/admin/senders/{gas.Sender.Id}/edit";

        using var answer = await fixture.Ichiro.FillInAsync(
            address, "sender", ("corporateNumber", ""), ("contact", ""), ("returnAddresses", ""), ("messageAddress", ""), ("kind", "Private"), ("service-0-basis", "Consent"), ("reason", "やめる"));

        (await ReadPage.ParseAsync(answer)).QuerySelector(".error-summary").Words().ShouldContain("空にできません");
    }

    private static async Task<TestBusiness> AdmittedAsync(AdmissionFixture fixture, string purpose, (string Name, string Value)[] requester)
    {
        var id = SenderId.From(await fixture.AdmitAsync(requester));
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await UploadAsync(fixture, id.Value, purpose, key);
        await using var db = fixture.Portal.OpenDatabase();
        var service = (await fixture.Portal.Get<ISenderDirectory>().AskingAsync(db, [id], CancellationToken.None)).GetValueOrDefault(id)?.Service ?? SenderServiceId.From(Guid.Empty);
        var sender = TestSender.Admitted(fixture.Portal, "hinode-gas", key, id, service);
        await sender.SignInAsync();
        return TestBusiness.Of(fixture.Portal, sender);
    }

    private static async Task UploadAsync(AdmissionFixture fixture, Guid sender, string purpose, ECDsa key, string ends = "")
    {
        using var added = await fixture.Ichiro.FillInAsync($"/admin/senders/{sender}/keys", "key", ("purpose", purpose), ("publicKey", key.ExportSubjectPublicKeyInfoPem()), ("ends", ends), ("way", "upload"));
        (await ReadPage.ParseAsync(added)).QuerySelector(".error-summary").ShouldBeNull();
    }
}
