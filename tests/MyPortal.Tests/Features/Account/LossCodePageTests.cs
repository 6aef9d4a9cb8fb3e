using MyPortal.Identity;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Account;

public sealed class LossCodePageTests
{
    [Fact]
    public async Task The_code_is_shown_until_the_person_has_written_it_down_and_never_again()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        var code = (await portal.Get<OwnProfile>().ReadAsync(hanako.Viewer, TestContext.Current.CancellationToken)).LossCode;

        var page = await hanako.Browser.OpenAsync("/account/loss-code");
        page.QuerySelector("code#loss-code").Words().ShouldBe(code);
        page.QuerySelector("button[data-copy=loss-code]")!.HasAttribute("hidden").ShouldBeTrue("copying needs the script");
        (await hanako.Browser.OpenAsync("/account/loss-code")).QuerySelector("code#loss-code").ShouldNotBeNull();

        using var answer = await hanako.Browser.SubmitAsync(page.QuerySelector("main form")!);
        answer.Headers.Location!.OriginalString.ShouldBe("/");

        var later = await hanako.Browser.OpenAsync("/account/loss-code");
        later.QuerySelector("code").ShouldBeNull();
        later.QuerySelector(".empty-state h2").Words().ShouldBe("番号は、もう表示できません");
        (await hanako.Browser.OpenAsync("/account")).QuerySelector("main").Words().ShouldContain("書きとめてあります");
    }
}
