using MyPortal.JourneyTests.Ground;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>Every page in every language at every width: no barrier, nothing sideways, nothing heavy, no complaint of the browser.</summary>
public abstract class EveryPageJourney(RunningProduct product)
{
    private static readonly string[] Languages = ["ja-JP", "en", "ja-Hira"];

    private protected static TheoryData<string, string> Every(IReadOnlyList<Place> places) =>
        [.. from place in places from language in Languages select (place.Name, language)];

    private protected async Task CheckAsync(Place place, string language)
    {
        await using var visit = await place.VisitAsync(product, language);

        await visit.PassesEveryCheckAsync(language is "en" ? "en" : "ja");
    }
}

/// <summary>The pages for everybody.</summary>
public sealed class EveryPublicPageJourney(RunningProduct product) : EveryPageJourney(product)
{
    private readonly RunningProduct product = product;

    public static TheoryData<string, string> Pages { get; } = Every(Place.Public);

    [Theory]
    [MemberData(nameof(Pages))]
    public Task It_passes_every_check(string page, string language) => CheckAsync(Place.Named(page, isPersonal: false), language);

    [Fact]
    public async Task The_control_page_of_the_sandbox_passes_them_too()
    {
        await using var visit = await product.VisitAsync();
        await visit.GoToAsync(product.World.Control);
        await visit.PassesEveryCheckAsync();
    }

    [Fact]
    public async Task What_the_agent_says_of_itself_passes_them_too()
    {
        await using var visit = await product.VisitAsync();
        await visit.GoToAsync(product.World.Agent);
        await visit.PassesEveryCheckAsync();
    }
}

/// <summary>The pages for whoever is signed in.</summary>
public sealed class EveryPersonalPageJourney(RunningProduct product) : EveryPageJourney(product)
{
    public static TheoryData<string, string> Pages { get; } = Every(Place.Personal);

    [Theory]
    [MemberData(nameof(Pages))]
    public Task It_passes_every_check(string page, string language) => CheckAsync(Place.Named(page, isPersonal: true), language);
}

/// <summary>Where the way to a personal page leads somebody who is not signed in.</summary>
public sealed class PersonalPagesAreClosedJourney(RunningProduct product)
{
    [Theory]
    [InlineData("/inbox")]
    [InlineData("/account")]
    [InlineData("/account/name")]
    [InlineData("/account/devices")]
    [InlineData("/account/loss-code")]
    public async Task Whoever_is_not_signed_in_is_asked_to(string path)
    {
        await using var visit = await product.VisitAsync();
        await visit.GoToAsync(path);
        await Expect(visit.SubmitOf("/login/card/start")).ToBeVisibleAsync();
    }
}
