using Microsoft.Playwright;
using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>With script, pages follow one another without a reload, and a reader is told that they changed.</summary>
public sealed class NavigationJourney(RunningProduct product)
{
    private const string Mark = "window.stillHere = true";

    [Fact]
    public async Task From_home_to_inbox_to_notice_the_document_stays_and_the_heading_is_announced()
    {
        await using var visit = await product.VisitSignedInAsync(Cards.Reader);
        await visit.GoToAsync("/");
        await visit.Page.EvaluateAsync(Mark);

        await visit.Page.Locator("main a[href='/inbox']").First.ClickAsync();
        await ArrivesAsync(visit, visit.Page.Locator("main nav a[href='/inbox?tab=unread']"), "**/inbox");
        await visit.Page.Locator("main a[href^='/inbox/']").Last.ClickAsync();
        await ArrivesAsync(visit, visit.NoticeBody(), "**/inbox/*");
        (await visit.Page.EvaluateAsync<int>("scrollY")).ShouldBe(0, "a new page begins at its top, wherever the last one was scrolled to");
        await visit.Page.GoBackAsync();
        await ArrivesAsync(visit, visit.Page.Locator("main nav a[href='/inbox?tab=unread']"), "**/inbox");

        (await visit.ComplaintsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_concerns_who_is_signed_in_is_loaded_anew()
    {
        await using var visit = await product.VisitAsync();
        await visit.GoToAsync("/");
        await visit.Page.EvaluateAsync(Mark);
        await visit.LogInLink().ClickAsync();

        await Expect(visit.SubmitOf("/login/card/start")).ToBeVisibleAsync();
        (await visit.Page.EvaluateAsync<bool>("window.stillHere === true")).ShouldBeFalse();
    }

    private static async Task ArrivesAsync(Visit visit, ILocator landmark, string address)
    {
        await visit.Page.WaitForURLAsync(address);
        await Expect(landmark).ToBeVisibleAsync();
        await Expect(visit.Heading()).ToBeFocusedAsync();
        (await visit.Page.EvaluateAsync<bool>("window.stillHere === true")).ShouldBeTrue("the document was loaded anew");
    }
}
