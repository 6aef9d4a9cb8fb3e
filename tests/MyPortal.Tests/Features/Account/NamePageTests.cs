using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Account;

public sealed class NamePageTests
{
    [Fact]
    public async Task The_field_has_its_label_its_hint_and_the_present_name()
    {
        await using var portal = await TestPortal.StartAsync();
        var page = await (await portal.SignInAsync(await portal.EnrolAsync("花子"))).Browser.OpenAsync("/account/name");

        var input = page.QuerySelector("#displayName")!;
        input.GetAttribute("value").ShouldBe("花子");
        input.GetAttribute("autocomplete").ShouldBe("nickname");
        page.QuerySelector("label[for=displayName]").Words().ShouldBe("呼び名任意");
        page.QuerySelector("#" + input.GetAttribute("aria-describedby")).Words().ShouldStartWith("40文字まで");
        page.QuerySelector("a.back-link")!.GetAttribute("href").ShouldBe("/account");
    }

    [Theory]
    [InlineData("ja-JP", "エラー：", "呼び名は40文字までにしてください"), InlineData("en", "Error: ", "The display name may have at most 40 characters")]
    public async Task A_name_that_is_too_long_is_kept_in_the_field_and_explained(string language, string prefix, string words)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();
        hanako.Browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var typed = new string('あ', 41);

        var form = (await hanako.Browser.OpenAsync("/account/name", language)).QuerySelector("main form")!;
        using var answer = await hanako.Browser.SubmitAsync(form, ("displayName", typed));
        var page = await ReadPage.ParseAsync(answer);

        page.Title!.ShouldStartWith(prefix);
        var link = page.QuerySelector(".error-summary[role=alert] li a")!;
        link.Words().ShouldBe(words);
        link.GetAttribute("href").ShouldBe("/account/name#displayName");
        var input = page.QuerySelector("#displayName")!;
        input.GetAttribute("value").ShouldBe(typed);
        input.GetAttribute("aria-invalid").ShouldBe("true");
        input.GetAttribute("aria-describedby")!.Split(' ').Select(id => page.GetElementById(id).Words()).ShouldContain(words, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_name_with_hidden_characters_is_explained()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();

        var form = (await hanako.Browser.OpenAsync("/account/name")).QuerySelector("main form")!;
        using var answer = await hanako.Browser.SubmitAsync(form, ("displayName", "花\u202E子"));

        (await ReadPage.ParseAsync(answer)).QuerySelector(".error-summary[role=alert] li a").Words().ShouldStartWith("呼び名に、目に見えない文字");
    }

    [Theory]
    [InlineData("/account/name", "/account?done=name"), InlineData("/enrol/name", "/enrol/loss-code")]
    public async Task A_saved_name_leads_on_to_where_the_person_was_going(string path, string next)
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();

        var form = (await hanako.Browser.OpenAsync(path)).QuerySelector("main form")!;
        using var answer = await hanako.Browser.SubmitAsync(form, ("displayName", " はな "));

        ((int)answer.StatusCode).ShouldBeInRange(301, 303);
        answer.Headers.Location!.OriginalString.ShouldEndWith(next);
        (await hanako.Browser.OpenAsync("/")).Heading().ShouldBe("はなさんのページ");
    }

    [Fact]
    public async Task While_enrolling_the_page_says_which_step_it_is()
    {
        await using var portal = await TestPortal.StartAsync();
        var hanako = await portal.SignInAsync();

        (await hanako.Browser.OpenAsync("/enrol/name")).QuerySelector(".page-step").Words().ShouldBe("利用登録 3つのうち2つめ");
        (await hanako.Browser.OpenAsync("/enrol/loss-code")).QuerySelector(".page-step").Words().ShouldBe("利用登録 3つのうち3つめ");
        (await hanako.Browser.OpenAsync("/account/name")).QuerySelector(".page-step").ShouldBeNull();
    }
}
