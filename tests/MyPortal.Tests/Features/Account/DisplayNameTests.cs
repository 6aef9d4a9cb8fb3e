using System.Net;
using MyPortal.Tests.Features.SignIn.Card;

namespace MyPortal.Tests.Features.Account;

public sealed class DisplayNameTests
{
    [Fact]
    public async Task A_name_of_forty_characters_is_kept_even_when_each_takes_two_code_units()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var name = string.Concat(Enumerable.Repeat("𠮷", 40));

        (await fixture.Browser.SubmitAsync("/account/name", "/account/name", ("displayName", name))).ShouldEndWith("/account?done=name");

        WebUtility.HtmlDecode(await fixture.Browser.ReadAsync("/account")).ShouldContain(name);
    }

    [Theory]
    [InlineData("あああああああああああああああああああああああああああああああああああああああああ")]
    [InlineData("はな\u0007こ")]
    public async Task A_name_that_is_too_long_or_holds_control_characters_is_refused(string name)
    {
        await using var fixture = await CardFixture.EnrolledAsync();

        (await fixture.Browser.SubmitAsync("/account/name", "/account/name", ("displayName", name))).ShouldBeNull();

        (await fixture.Browser.ReadAsync("/account")).ShouldContain("まだ決めていません");
    }

    [Fact]
    public async Task A_name_is_counted_as_people_count_it()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var name = string.Concat(Enumerable.Repeat("葛\U000E0100", 40));

        (await fixture.Browser.SubmitAsync("/account/name", "/account/name", ("displayName", name))).ShouldEndWith("/account?done=name");

        WebUtility.HtmlDecode(await fixture.Browser.ReadAsync("/account")).ShouldContain(name);
    }

    [Theory]
    [InlineData("\u3164"), InlineData("\u2800"), InlineData("花\u202E子"), InlineData("花\u200B子"), InlineData("花子\U000E0041")]
    public async Task A_name_with_characters_that_nobody_sees_is_refused_in_words(string name)
    {
        await using var fixture = await CardFixture.EnrolledAsync();

        (await fixture.Browser.SubmitAsync("/account/name", "/account/name", ("displayName", name))).ShouldBeNull();

        (await fixture.Browser.ReadAsync("/account")).ShouldContain("まだ決めていません");
    }

    [Fact]
    public async Task An_empty_name_removes_the_name()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        await fixture.Browser.SubmitAsync("/account/name", "/account/name", ("displayName", "花子"));

        await fixture.Browser.SubmitAsync("/account/name", "/account/name", ("displayName", "  "));

        (await fixture.Browser.ReadAsync("/account")).ShouldNotContain("花子");
    }

    [Fact]
    public async Task A_name_is_shown_as_text_and_never_as_markup()
    {
        await using var fixture = await CardFixture.EnrolledAsync();

        await fixture.Browser.SubmitAsync("/account/name", "/account/name", ("displayName", "<b>花子</b>"));

        (await fixture.Browser.ReadAsync("/account")).ShouldNotContain("<b>花子</b>");
    }
}
