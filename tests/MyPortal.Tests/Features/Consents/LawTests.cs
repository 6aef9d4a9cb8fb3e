using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

public sealed class LawTests
{
    /// <summary>Connects an agency that acts under a law, as the person does.</summary>
    internal static async Task<ConsentResult> LinkAsync(TestBusiness city, HttpClient browser)
    {
        var page = await city.BringAsync(browser);
        var form = (await browser.OpenAsync(page)).QuerySelectorAll("form[action$='/decide']").First(f => f.QuerySelector("button").Words() == "つなぐ");
        using var done = await TestBusiness.SendAsync(browser, form, [("answer", "agree")]);
        done.Headers.Location!.OriginalString.ShouldBe($"{page}/done");
        using var answer = await city.FetchAsync((await TestBusiness.ReturnAsync(browser, Guid.Parse(page.Split('/')[^1])))["code"]);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<ConsentResult>(ContractJson.Options))!;
    }

    [Fact, Requirement(112)]
    public async Task An_agency_under_a_law_needs_no_consent_and_the_page_names_the_law()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestBusiness.OpenAsync(portal, "さくら市", TestBusiness.Law);
        var hanako = await portal.SignInAsync();
        var page = await hanako.Browser.OpenAsync(await city.BringAsync(hanako.Browser));
        page.QuerySelector("main").Words().ShouldContain(TestBusiness.Law);
        page.QuerySelectorAll("dt").Select(key => key.Words()).ShouldContain("この機関でのあなたの番号", StringComparer.Ordinal);
        page.QuerySelectorAll("main input[type=checkbox], main input[type=radio]").ShouldBeEmpty();

        var result = await LinkAsync(city, hanako.Browser);

        result.Receipt.ShouldBeNull("nothing was agreed to");
        (await city.Sender.PostAsync(TestSender.Letter(result.Recipient) with { Reason = null })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await hanako.Browser.OpenAsync("/senders")).QuerySelector("main").Words().ShouldContain("根拠：" + TestBusiness.Law);
        (await hanako.Browser.OpenAsync("/consents?tab=active")).QuerySelector(".empty-state").ShouldNotBeNull();
        await using var db = portal.OpenDatabase();
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.LinkedUnderLaw, TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    [Requirement(91)]
    public async Task Whoever_does_not_connect_gives_the_agency_nothing()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestBusiness.OpenAsync(portal, "さくら市", TestBusiness.Law);
        var hanako = await portal.SignInAsync();
        var page = await city.BringAsync(hanako.Browser);
        var form = (await hanako.Browser.OpenAsync(page)).QuerySelectorAll("form[action$='/decide']").First(f => f.QuerySelector("button").Words() == "つながない");

        using var done = await TestBusiness.SendAsync(hanako.Browser, form, [("answer", "refuse")]);

        (await TestBusiness.ReturnAsync(hanako.Browser, Guid.Parse(page.Split('/')[^1]))).ContainsKey("code").ShouldBeFalse();
    }
}
