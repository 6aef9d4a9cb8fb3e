using Bunit;
using MyPortal.Ui;

namespace MyPortal.Tests.Ui;

public sealed class DateTextTests : ComponentTest
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 20, 15, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-20", "令和8年11月20日（2026年11月20日）")]
    [InlineData("2019-05-01", "令和元年5月1日（2019年5月1日）")]
    [InlineData("2019-04-30", "平成31年4月30日（2019年4月30日）")]
    [InlineData("1989-01-08", "平成元年1月8日（1989年1月8日）")]
    [InlineData("1989-01-07", "昭和64年1月7日（1989年1月7日）")]
    [InlineData("1926-12-25", "昭和元年12月25日（1926年12月25日）")]
    [InlineData("1926-12-24", "大正15年12月24日（1926年12月24日）")]
    [InlineData("1912-07-29", "明治45年7月29日（1912年7月29日）")]
    [InlineData("1872-12-31", "1872年12月31日")]
    public void A_formal_date_has_the_era_and_the_Western_year(string day, string words) =>
        Render<DateText>(p => p.Add(d => d.Day, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))).MarkupMatches($"<time datetime=\"{day}\">{words}</time>");

    [Theory]
    [InlineData("2026-01-02", "1月2日")]
    [InlineData("2025-03-01", "2025年3月1日")]
    public void A_list_says_the_year_only_when_it_is_another_one(string day, string words) =>
        Render<DateText>(p => p.Add(d => d.Day, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).Add(d => d.Form, DateForm.List))
            .Find("time").TextContent.ShouldBe(words);

    [Fact]
    public void An_instant_is_shown_in_Japans_time() =>
        Render<DateText>(p => p.Add(d => d.Value, Evening).Add(d => d.Form, DateForm.ListWithTime))
            .MarkupMatches("<time datetime=\"2026-11-21T00:30:00+09:00\">11月21日 0:30</time>");

    [Fact]
    public void English_has_its_own_order()
    {
        In(Language.English);
        Render<DateText>(p => p.Add(d => d.Value, Evening)).Find("time").TextContent.ShouldBe("21 November 2026");
        Render<DateText>(p => p.Add(d => d.Value, Evening).Add(d => d.Form, DateForm.List)).Find("time").TextContent.ShouldBe("21 November");
    }

    [Fact]
    public void Easy_Japanese_has_the_Western_year_the_weekday_and_readings()
    {
        In(Language.EasyJapanese);
        var time = Render<DateText>(p => p.Add(d => d.Day, new DateOnly(2026, 11, 20))).Find("time");

        time.QuerySelectorAll("rt").Select(r => r.TextContent).ShouldBe(["ねん", "がつ", "にち", "きん"]);
        time.TextContent.ShouldStartWith("2026年");
    }
}
