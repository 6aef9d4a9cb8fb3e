using System.Net;
using MyPortal.Features.Notices.Inbox;

namespace MyPortal.Tests.Features.Notices.Inbox;

public sealed class MarkdownWorkTests
{
    private const int Longest = 20_000;

    [Theory]
    [InlineData("[](", MarkdownWork.MostBrackets), InlineData("[", MarkdownWork.MostBrackets), InlineData("![a", MarkdownWork.MostBrackets)]
    [InlineData("*a ", MarkdownWork.MostStresses), InlineData("a*", MarkdownWork.MostStresses), InlineData("_a ", MarkdownWork.MostStresses), InlineData("**a*b", MarkdownWork.MostStresses / 2)]
    [InlineData(">", MarkdownWork.DeepestNesting), InlineData("- ", MarkdownWork.DeepestNesting), InlineData("1. ", MarkdownWork.DeepestNesting), InlineData("> 12) +\t", MarkdownWork.DeepestNesting / 3)]
    [InlineData("a\n=\n", MarkdownWork.MostLines / 2), InlineData("\n", MarkdownWork.MostLines), InlineData("a\r\n", MarkdownWork.MostLines)]
    [InlineData("|", MarkdownWork.MostCells), InlineData("||||||\n", MarkdownWork.MostCells / 6)]
    public void What_makes_a_text_costly_is_counted_and_bounded(string part, int most)
    {
        // The end counts as one more line.
        MarkdownWork.Of(Repeat(part, most - 1) + "x").IsBounded.ShouldBeTrue();
        MarkdownWork.Of(Repeat(part, most + 1) + "x").IsBounded.ShouldBeFalse();
    }

    [Theory]
    [InlineData("----------------------------------------"), InlineData("****************************************"), InlineData("________________"), InlineData("2026.11.20 10.00 - 12.00 - 13.00"), InlineData("あ　　　　　　　　い")]
    public void Decoration_is_no_nesting(string line)
    {
        var work = MarkdownWork.Of(line);

        work.Nesting.ShouldBe(0);
        work.Stresses.ShouldBeLessThan(2);
    }

    [Theory]
    [InlineData("[]("), InlineData(">"), InlineData("- "), InlineData("["), InlineData("!["), InlineData("*a"), InlineData("**a *b "), InlineData("1. "), InlineData("a\n=\n"), InlineData("|[]("), InlineData("||\n")]
    public void What_is_beyond_all_measure_is_never_parsed_but_shown_as_text(string part)
    {
        var markdown = Repeat(part, Longest / part.Length);
        NoticeMarkdown.IsReadable(markdown).ShouldBeFalse();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var html = Html(markdown);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2_000_000, "the text itself, its lines and their markup");
        WebUtility.HtmlDecode(html.Replace("<br />", "\n", StringComparison.Ordinal)).ShouldBe($"<p>{markdown}</p>");
    }

    [Theory]
    [InlineData("[]("), InlineData("[a]("), InlineData("*a "), InlineData("*a"), InlineData("`a"), InlineData("a\n=\n"), InlineData("- a\n\n"), InlineData("|"), InlineData("a|"), InlineData("|a|b|\n"), InlineData("[a]: https://b\n"), InlineData("&"), InlineData("<https://a.b>")]
    public void What_is_within_the_measure_costs_little(string part)
    {
        var markdown = "|a|b|\n|-|-|\n" + Repeat(part, Longest / part.Length);
        while (!MarkdownWork.Of(markdown).IsBounded)
        {
            markdown = markdown[..(markdown.Length * 19 / 20)];
        }

        Html(markdown);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var html = Html(markdown);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(5_000_000);
        html.Length.ShouldBeLessThan(150_000);
    }

    [Fact]
    public void Stress_that_nests_too_deeply_is_shown_as_text()
    {
        var markdown = Repeat("*a **b ", 140) + Repeat(" b** a*", 140);

        MarkdownWork.Of(markdown).IsBounded.ShouldBeTrue("the nesting shows only when it is parsed");
        NoticeMarkdown.IsReadable(markdown).ShouldBeFalse();
        Html(markdown).ShouldBe($"<p>{markdown}</p>");
    }

    [Fact]
    public void A_paragraph_full_of_bars_is_no_nesting() => NoticeMarkdown.IsReadable(Repeat("a | ", 400)).ShouldBeTrue();

    [Fact]
    public void A_short_text_cannot_name_a_table_of_millions_of_cells() =>
        Html(new string('|', 5_000) + "\n" + Repeat("|-", 2_500) + "\n" + Repeat("|\n", 4_000)).Length.ShouldBeLessThan(100_000);

    private static string Html(string markdown) => NoticeMarkdown.ToHtml(markdown, "ja", new TableLabel("ja", number => $"表{number}"));

    private static string Repeat(string part, int times) => string.Concat(Enumerable.Repeat(part, times));
}
