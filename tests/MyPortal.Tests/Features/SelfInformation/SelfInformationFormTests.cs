using MyPortal.Identity;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SelfInformation;

/// <summary>What the form of the own information keeps, and what it tells whoever may not see everything.</summary>
public sealed class SelfInformationFormTests
{
    [Fact]
    public async Task What_was_ticked_stays_ticked_when_nobody_could_be_asked()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"));
        await hanako.Browser.OpenAsync("/self-info");

        var page = await hanako.Browser.OpenAsync("/self-info?problem=self-info.busy&theme=pension&theme=nonsense");

        page.QuerySelectorAll("input[checked]").Select(box => box.GetAttribute("value")).ShouldBe(["pension"]);
    }

    [Fact]
    public async Task A_refusal_carries_the_names_of_themes_and_nothing_else()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        await portal.Hub.StopAsync(TestHub.Id);

        (await SelfInformationPagesTests.StartAsync(hanako.Browser, "tax", "a&b=c", "pension")).ShouldBe("/self-info?problem=hub.unavailable&theme=tax&theme=pension");
    }

    [Theory]
    [InlineData("ja-JP", "24時間たってから"), InlineData("en", "during its first 24 hours"), InlineData("ja-Hira", "24")]
    public async Task A_card_app_of_today_is_told_to_wait_and_not_to_log_in_once_more(string language, string words)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync(await portal.EnrolAsync(cast: "hanako"), AssuranceLevel.Verified);

        (await hanako.Browser.OpenAsync("/self-info", language)).QuerySelector("[aria-labelledby=closed-title]").Words().ShouldContain(words);
    }
}
