using Microsoft.AspNetCore.Components;
using MyPortal.Ui;

namespace MyPortal.Tests.Ui;

public sealed class TextPatternTests : ComponentTest
{
    [Fact]
    public void A_reading_becomes_ruby_that_old_browsers_still_show() =>
        Render(TextPattern.Of("{漢字|かんじ}を読む").ToMarkup()).Markup
            .ShouldBe("<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>を読む");

    [Fact]
    public void Plain_text_has_no_readings() => TextPattern.Of("{漢字|かんじ}を{0}回{読|よ}む").ToPlain(3).ShouldBe("漢字を3回読む");

    [Fact]
    public void What_is_put_in_is_text_and_never_markup() =>
        Render(TextPattern.Of("{0}さん").ToMarkup("<b>{1}</b>")).Markup.ShouldBe("&lt;b&gt;{1}&lt;/b&gt;さん");

    [Fact]
    public void A_piece_of_markup_can_be_put_in() =>
        Render(TextPattern.Of("{0}を見る").ToMarkup((RenderFragment)(b => b.AddMarkupContent(0, "<a href=\"/\">ここ</a>"))))
            .Markup.ShouldBe("<a href=\"/\">ここ</a>を見る");

    [Fact]
    public void Numbers_are_written_as_the_text_asks() => TextPattern.Of("{0:N0}円").ToPlain(12300).ShouldBe("12,300円");

    [Fact]
    public void Other_braces_are_just_braces() => TextPattern.Of("{a} {} {|b}").ToPlain().ShouldBe("{a} {} {|b}");
}
