using System.Diagnostics;
using System.Text.RegularExpressions;
using MyPortal.Features.Notices.Inbox;

namespace MyPortal.Tests.Features.Notices.Inbox;

public sealed partial class NoticeMarkdownTests
{
    /// <summary>Every tag that may ever reach a page from a sender's words, with its one attribute.</summary>
    private static readonly HashSet<string> Tags = new(StringComparer.Ordinal)
    {
        "p", "br", "em", "strong", "code", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "a", "bdi",
    };

    [Theory]
    [InlineData("# A\n\n## B\n\n###### F", "<h3>A</h3>\n<h4>B</h4>\n<h6>F</h6>\n")]
    [InlineData("## B\n\n### C", "<h3>B</h3>\n<h4>C</h4>\n")]
    [InlineData("##### E\n\n###### F", "<h3>E</h3>\n<h4>F</h4>\n")]
    [InlineData("*a* **b**\n\n- c\n- d", "<p><em>a</em> <strong>b</strong></p>\n<ul>\n<li>c</li>\n<li>d</li>\n</ul>\n")]
    [InlineData("[役所](https://city.example/a?b=1)", "<p><a href=\"https://city.example/a?b=1\">役所</a> (<bdi>city.example</bdi>)</p>\n")]
    [InlineData("|a|b|\n|:-|-:|\n|1|2|", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th class=\"number\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class=\"number\">2</td>\n</tr>\n</tbody>\n</table>\n")]
    [InlineData("||b||\n|-|-:|-:|\n|1|2|3|", "<table>\n<thead>\n<tr>\n<td></td>\n<th class=\"number\">b</th>\n<td></td>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class=\"number\">2</td>\n<td class=\"number\">3</td>\n</tr>\n</tbody>\n</table>\n")]
    public void What_a_notice_needs_is_rendered(string markdown, string html) => NoticeMarkdown.ToHtml(markdown).ShouldBe(html);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a <b onclick=alert(1)>b</b>")]
    [InlineData("<div style=\"position:fixed\">x</div>")]
    [InlineData("<!-- x --><?php ?><![CDATA[x]]>")]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("[a](JaVaScRiPt&#58;alert(1))")]
    [InlineData("[a](\u0001javascript:alert(1))")]
    [InlineData("[a](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[a](vbscript:x) [b](http://plain.example) [c](//other.example) [d](/inbox) [e](mailto:a@b.example)")]
    [InlineData("[a][r]\n\n[r]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)> <http://plain.example> <a@b.example>")]
    [InlineData("[a](https://user:pass@city.example)")]
    [InlineData("![pixel](https://tracker.example/p.png) ![a](data:image/png;base64,AA)")]
    [InlineData("[![x](javascript:1)](javascript:2)")]
    [InlineData("[a](https://city.example \"onmouseover=alert(1)\")")]
    [InlineData("[a](https://city.example/\"onmouseover=\"alert(1))")]
    [InlineData("```html\n<script>\n```\n\n    <script>")]
    [InlineData("# a {onclick=alert(1) style=x}\n\n::: warning\nx\n:::")]
    [InlineData("> - > - 1. <svg/onload=alert(1)>")]
    [InlineData("|<script>|[a](javascript:1)|\n|:-:|--:|\n|![x](https://t.example/x)|<b>|")]
    [InlineData("&lt;script&gt; &#60;script&#62; &#x3c;script>")]
    public void Nothing_hostile_comes_through(string markdown) => ShouldBeHarmless(NoticeMarkdown.ToHtml(markdown), markdown);

    [Fact]
    public void A_link_says_where_it_leads_whatever_its_words_say()
    {
        var html = NoticeMarkdown.ToHtml("[https://city.example](https://evil.example/x) と [役所](https://日本.example)");

        html.ShouldContain("</a> (<bdi>evil.example</bdi>)");
        html.ShouldContain("</a> (<bdi>xn--wgv71a.example</bdi>)");
    }

    [Theory]
    [InlineData(">", 19_000), InlineData("- ", 9_000), InlineData("[", 19_000), InlineData("![", 9_000), InlineData("**a *b ", 2_800), InlineData("`", 19_999), InlineData("1. ", 6_000)]
    public void A_nesting_beyond_all_measure_is_shown_as_text_and_quickly(string part, int times)
    {
        var markdown = string.Concat(Enumerable.Repeat(part, times)) + "x";
        var clock = Stopwatch.StartNew();

        ShouldBeHarmless(NoticeMarkdown.ToHtml(markdown), markdown);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_short_text_cannot_name_a_table_of_millions_of_cells()
    {
        var markdown = new string('|', 5_000) + "\n" + string.Concat(Enumerable.Repeat("|-", 2_500)) + "\n" + string.Concat(Enumerable.Repeat("|\n", 4_000));

        var html = NoticeMarkdown.ToHtml(markdown);

        html.Length.ShouldBeLessThan(100_000);
        ShouldBeHarmless(html, markdown);
    }

    [Fact]
    public void Ten_thousand_mutations_give_only_allowed_tags_and_never_throw()
    {
        string[] seeds =
        [
            "# 見出し\n\n本文 **太字** *斜体* [役所](https://city.example/a?b=c&d=e)\n\n1. 一\n2. 二\n   - 三\n\n> 引用",
            "|品目|金額|\n|:--|--:|\n|電気|1,234円|\n|ガス|![x](https://t.example/x)|\n\n<script>alert(1)</script>\n\n![絵](data:image/png;base64,AA)",
            "[a][r] [b](javascript:alert(1)) <https://city.example> <b onclick=x> `code` ```\nx\n```\n\n[r]: https://city.example \"title\"\n\n* * *\n\n    indented\n\nSetext\n===",
            "&lt;b&gt; &#106;avascript: \\<b\\> <!-- c --> <?x?> <![CDATA[y]]> <svg/onload=1> [x]( <javascript:1> 'y' )",
        ];
        string[] pieces = ["<", ">", "\"", "'", "&", "`", "*", "_", "[", "]", "(", ")", "!", "|", "\n", "\n\n", "    ", "\t", "\0", "\\", "javascript:", "https://", "<script", "onerror=", "style=", "|-|", "\u2028", "𠮷", ":::", "{", "}", "~~", "^", "- ", "> "];
        var random = new Random(20261121);
        for (var i = 0; i < 10_000; i++)
        {
            var text = seeds[random.Next(seeds.Length)];
            for (var change = random.Next(1, 12); change > 0; change--)
            {
                var at = random.Next(text.Length + 1);
                var length = random.Next(Math.Min(6, text.Length - at) + 1);
                text = random.Next(3) switch
                {
                    0 => text.Remove(at, length),
                    1 => text.Insert(at, pieces[random.Next(pieces.Length)]),
                    _ => text.Insert(at, text.Substring(random.Next(text.Length - length + 1), length)),
                };
                text = text.Length is 0 ? "x" : text;
            }

            ShouldBeHarmless(NoticeMarkdown.ToHtml(text), text);
        }
    }

    private static void ShouldBeHarmless(string html, string markdown)
    {
        // Whatever is left of the page's text when the allowed tags are taken out must not open another one.
        var rest = AllowedTag().Replace(html, match => Tags.Contains(match.Groups["tag"].Value) ? "" : match.Value);
        rest.ShouldNotContain("<", customMessage: $"{markdown}\n---\n{html}");
    }

    [GeneratedRegex("""<(?:(?<tag>a) href="https://[^"<>]*"|(?<tag>ol)(?: start="\d+")?|(?<tag>br) /|(?<tag>t[dh]) class="number"|/?(?<tag>[a-z0-9]+))>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AllowedTag();
}
