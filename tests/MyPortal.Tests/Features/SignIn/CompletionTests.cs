using System.Net;
using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Features.SignIn.Card;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>Nothing happens before completion code and cookie of the browser that began meet.</summary>
public sealed class CompletionTests
{
    private const string Over = "/login/problem/card.transaction-over";
    private const string OtherBrowser = "/login/problem/card.other-browser";

    [Fact]
    public async Task An_accepted_answer_alone_signs_nobody_in()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        var visit = await fixture.FetchAsync(browser: browser);

        (await visit.AnswerAsync(fixture.Card)).Status.ShouldBe(HttpStatusCode.OK);

        (await fixture.ViewerOfAsync(browser)).ShouldBeNull();
        (await browser.SentOnFromAsync("/account")).ShouldBe("/login");
    }

    [Fact]
    public async Task A_code_in_another_browser_does_nothing_and_kills_the_login()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        var other = fixture.NewBrowser();
        await other.BeginAsync(CardPurpose.Login);
        var visit = await fixture.FetchAsync(browser: browser);
        var answer = await visit.AnswerAsync(fixture.Card);

        (await other.CompleteAsync(answer.CompletionCode)).ShouldBe(OtherBrowser);

        (await fixture.ViewerOfAsync(other)).ShouldBeNull();
        (await browser.CompleteAsync(answer.CompletionCode)).ShouldBe(Over);
        (await fixture.ViewerOfAsync(browser)).ShouldBeNull();
        (await fixture.RecordedRefusalsAsync(visit.Begun.Transaction)).ShouldBe(["card.other-browser", "card.transaction-over"]);
        (await browser.ReadAsync($"/login/card/{visit.Begun.Transaction}")).ShouldContain("別のブラウザーで始まった確認でした");
    }

    [Fact]
    public async Task A_code_in_a_browser_without_any_cookie_does_nothing_and_kills_the_login()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        var visit = await fixture.FetchAsync(browser: browser);
        var answer = await visit.AnswerAsync(fixture.Card);

        (await fixture.NewBrowser().CompleteAsync(answer.CompletionCode)).ShouldBe(OtherBrowser);

        (await browser.CompleteAsync(answer.CompletionCode)).ShouldBe(Over);
        (await fixture.RecordedRefusalsAsync(visit.Begun.Transaction)).ShouldBe(["card.other-browser", "card.transaction-over"]);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        var visit = await fixture.FetchAsync(browser: browser);
        var answer = await visit.AnswerAsync(fixture.Card);
        await browser.CompleteAsync(answer.CompletionCode);
        var token = browser.SessionToken;

        (await browser.CompleteAsync(answer.CompletionCode)).ShouldBe(Over);

        browser.SessionToken.ShouldBe(token);
        (await fixture.ViewerOfAsync(browser)).ShouldNotBeNull();
        (await fixture.RecordedRefusalsAsync(visit.Begun.Transaction)).ShouldBe(["card.transaction-over"]);
    }

    [Theory]
    [InlineData(59, "/")]
    [InlineData(60, Over)]
    public async Task A_code_lives_for_sixty_seconds(int seconds, string expected)
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        var visit = await fixture.FetchAsync(browser: browser);
        var answer = await visit.AnswerAsync(fixture.Card);

        fixture.Portal.Clock.Advance(TimeSpan.FromSeconds(seconds));

        (await browser.CompleteAsync(answer.CompletionCode)).ShouldBe(expected);
        (await fixture.RecordedRefusalsAsync(visit.Begun.Transaction)).ShouldBe(expected is Over ? ["card.transaction-over"] : []);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_code_that_was_never_given_out_does_nothing(string code)
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        await fixture.FetchAsync(browser: browser);

        (await browser.CompleteAsync(code)).ShouldBe(Over);

        (await fixture.ViewerOfAsync(browser)).ShouldBeNull();
    }

    [Fact]
    public async Task A_browser_that_looks_ahead_does_not_spend_the_code()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var browser = fixture.NewBrowser();
        var visit = await fixture.FetchAsync(browser: browser);
        var answer = await visit.AnswerAsync(fixture.Card);
        var address = $"/card/complete?code={answer.CompletionCode}";
        using var prefetch = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Sec-Purpose", "prefetch;prerender" } } };
        using var head = new HttpRequestMessage(HttpMethod.Head, address);

        using var prefetched = await browser.SendAsync(prefetch);
        using var headed = await browser.SendAsync(head);

        prefetched.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        headed.IsSuccessStatusCode.ShouldBeFalse();
        (await fixture.ViewerOfAsync(browser)).ShouldBeNull();
        (await browser.CompleteAsync(answer.CompletionCode)).ShouldBe("/");
    }
}
