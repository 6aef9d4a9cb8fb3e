using System.Text.RegularExpressions;
using MyPortal.Features.Notices.Inbox;

namespace MyPortal.Tests.Features.Notices.Inbox;

public sealed partial class NoticeMarkdownTests
{
    /// <summary>Every tag that may ever reach a page from a sender's words, with its one attribute.</summary>
    private static readonly HashSet<string> Tags = new(StringComparer.Ordinal)
    {
        "p", "br", "em", "strong", "code", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6", "table", "div", "thead", "tbody", "tr", "th", "td", "a", "bdi",
    };

    [Theory]
    [InlineData("# A\n\n## B\n\n###### F", "<h3>A</h3>\n<h4>B</h4>\n<h6>F</h6>\n")]
    [InlineData("## B\n\n### C", "<h3>B</h3>\n<h4>C</h4>\n")]
    [InlineData("##### E\n\n###### F", "<h3>E</h3>\n<h4>F</h4>\n")]
    [InlineData("*a* **b**\n\n- c\n- d", "<p><em>a</em> <strong>b</strong></p>\n<ul>\n<li>c</li>\n<li>d</li>\n</ul>\n")]
    [InlineData("[役所](https://city.example/a?b=1)", "<p><a href=\"https://city.example/a?b=1\">役所</a> (<bdi>city.example</bdi>)</p>\n")]
    [InlineData("|a|b|\n|:-|-:|\n|1|2|", Box + "<table lang=\"ja\">\n<thead>\n<tr>\n<th>a</th>\n<th class=\"number\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class=\"number\">2</td>\n</tr>\n</tbody>\n</table>\n</div>\n")]
    [InlineData("||b||\n|-|-:|-:|\n|1|2|3|", Box + "<table lang=\"ja\">\n<thead>\n<tr>\n<td></td>\n<th class=\"number\">b</th>\n<td></td>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class=\"number\">2</td>\n<td class=\"number\">3</td>\n</tr>\n</tbody>\n</table>\n</div>\n")]
    public void What_a_notice_needs_is_rendered(string markdown, string html) => Html(markdown).ShouldBe(html);

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
    public void Nothing_hostile_comes_through(string markdown) => ShouldBeHarmless(Html(markdown), markdown);

    [Fact]
    public void A_link_says_where_it_leads_whatever_its_words_say()
    {
        var html = Html("[https://city.example](https://evil.example/x) と [役所](https://日本.example)");

        html.ShouldContain("</a> (<bdi>evil.example</bdi>)");
        html.ShouldContain("</a> (<bdi>xn--wgv71a.example</bdi>)");
    }

    [Theory]
    [InlineData("これは**「重要なこと」**です。", "これは<strong>「重要なこと」</strong>です。")]
    [InlineData("**注意。**ほかは（*大切*）です", "<strong>注意。</strong>ほかは（<em>大切</em>）です")]
    public void Stress_may_stand_next_to_japanese_brackets(string markdown, string html) => Html(markdown).ShouldBe($"<p>{html}</p>\n");

    [Theory]
    [InlineData("[03-1234-5678](tel:0312345678)", "03-1234-5678")]
    [InlineData("![代替の言葉](https://city.example/a.png)", "代替の言葉")]
    [InlineData("[![代替の言葉](a.png)](tel:0312345678)", "代替の言葉")]
    [InlineData("[a ![b *c* `d` &amp;](x) **e**](tel:1)", "a b c d &amp; <strong>e</strong>")]
    [InlineData("[a [b](tel:2) c](tel:1)", "[a b c](tel:1)")]
    [InlineData("![a ![b](x)](y)", "a b")]
    public void The_words_of_a_refused_link_or_picture_appear_once(string markdown, string html) => Html(markdown).ShouldBe($"<p>{html}</p>\n");

    [Theory]
    [InlineData("[](https://city.example/a)")]
    [InlineData("[ &#x200b; ](https://city.example/a)")]
    [InlineData("[![](b.png)](https://city.example/a)")]
    public void A_link_without_words_shows_its_host_once(string markdown) => Html(markdown).ShouldBe("<p><a href=\"https://city.example/a\"><bdi>city.example</bdi></a></p>\n");

    [Fact]
    public void No_link_stands_in_a_link() =>
        Html("[a <https://city.example> ![b [c](https://city.example) d](e)](https://other.example)").ShouldBe("<p><a href=\"https://other.example\">a https://city.example b c d</a> (<bdi>other.example</bdi>)</p>\n");

    [Fact]
    public void Each_table_has_a_box_of_its_own_with_a_name_in_the_language_of_the_page()
    {
        var html = NoticeMarkdown.ToHtml("|a|\n|-|\n|1|\n\nb\n\n|c|\n|-|\n|2|", "ja", new TableLabel("en", number => $"Table {number}"));

        html.Split("<div class=\"table-box\" role=\"region\" tabindex=\"0\" aria-label=\"Table ").Select(part => part[..8]).Skip(1).ShouldBe(["1\" lang=", "2\" lang="]);
        html.ShouldContain("lang=\"en\">\n<table lang=\"ja\">");
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

            ShouldBeHarmless(Html(text), text);
        }
    }

    private const string Box = "<div class=\"table-box\" role=\"region\" tabindex=\"0\" aria-label=\"表1\" lang=\"ja\">\n";

    private static string Html(string markdown) => NoticeMarkdown.ToHtml(markdown, "ja", new TableLabel("ja", number => $"表{number}"));

    private static void ShouldBeHarmless(string html, string markdown)
    {
        // Whatever is left of the page's text when the allowed tags are taken out must not open another one.
        var rest = AllowedTag().Replace(html, match => Tags.Contains(match.Groups["tag"].Value) ? "" : match.Value);
        rest.ShouldNotContain("<", customMessage: $"{markdown}\n---\n{html}");
    }

    [GeneratedRegex("""<(?:(?<tag>a) href="https://[^"<>]*"|(?<tag>ol)(?: start="\d+")?|(?<tag>br) /|(?<tag>t[dh]) class="number"|(?<tag>div) class="table-box" role="region" tabindex="0" aria-label="表\d+" lang="ja"|(?<tag>table) lang="ja"|/?(?<tag>[a-z0-9]+))>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AllowedTag();
}
