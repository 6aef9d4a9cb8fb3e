using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>Every page for everybody, in every language at every width: no barrier, nothing sideways, nothing heavy, no complaint of the browser.</summary>
public sealed class EveryPublicPageJourney(RunningProduct product)
{
    public static TheoryData<string, string> Pages { get; } = PageUnderTest.InEveryLanguage(PageUnderTest.Public);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_passes_every_check(string page, string language)
    {
        await using var visit = await PageUnderTest.Named(page, isPersonal: false).VisitAsync(product, language);
        await visit.PassesEveryCheckAsync(PageUnderTest.HtmlLanguageOf(language));
    }

    [Fact]
    public async Task The_control_page_of_the_sandbox_passes_them_too()
    {
        await using var visit = await product.VisitAsync();
        await visit.GoToAsync(product.Scenario.Control);
        await visit.PassesEveryCheckAsync();
    }

    [Fact]
    public async Task What_the_agent_says_of_itself_passes_them_too()
    {
        await using var visit = await product.VisitAsync();
        await visit.GoToAsync(product.Scenario.Agent);
        await visit.PassesEveryCheckAsync();
    }
}

/// <summary>The same for whoever is signed in.</summary>
public sealed class EveryPersonalPageJourney(RunningProduct product)
{
    public static TheoryData<string, string> Pages { get; } = PageUnderTest.InEveryLanguage(PageUnderTest.Personal);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_passes_every_check(string page, string language)
    {
        await using var visit = await PageUnderTest.Named(page, isPersonal: true).VisitAsync(product, language);
        await visit.PassesEveryCheckAsync(PageUnderTest.HtmlLanguageOf(language));
    }

    [Theory]
    [InlineData("/inbox")]
    [InlineData("/self-info")]
    [InlineData("/access-log")]
    [InlineData("/access-log/portal")]
    [InlineData("/account")]
    [InlineData("/account/name")]
    [InlineData("/account/devices")]
    [InlineData("/account/loss-code")]
    [InlineData("/consents")]
    [InlineData("/consents/stop-all")]
    [InlineData("/senders")]
    public async Task Whoever_is_not_signed_in_is_asked_to_instead(string path)
    {
        await using var visit = await product.VisitAsync();
        await visit.GoToAsync(path);
        await Expect(visit.SubmitOf("/login/card/start")).ToBeVisibleAsync();
    }
}
