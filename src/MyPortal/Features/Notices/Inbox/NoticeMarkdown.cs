using System.Net;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>
/// Renders the Markdown subset of notices with a library, then an allow-list: headings, paragraphs, lists, tables, emphasis and https
/// links that show their host. HTML, images, code and everything else becomes plain text or vanishes.
/// </summary>
internal static class NoticeMarkdown
{
    // The page owns h1 and h2; a sender's headings follow without a gap, whichever level the sender begins with.
    private const int HighestHeading = 3;
    private const int DeepestHeading = 6;
    private const string RightAligned = "number";

    // A short text can name a table of millions of cells: each row is filled up to the widest one.
    private const int MostCells = 10_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>The words as HTML. What no person writes (a table or a nesting beyond all measure) is shown as the plain text it is.</summary>
    public static string ToHtml(string markdown)
    {
        if (CellsAtMost(markdown) > MostCells)
        {
            return ToPlainHtml(markdown);
        }

        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            var nodes = document.Descendants().ToList();
            var shift = HighestHeading - nodes.OfType<HeadingBlock>().Select(heading => heading.Level).DefaultIfEmpty(HighestHeading).Min();
            foreach (var node in nodes)
            {
                Tame(node, shift);
            }

            return WithoutEmptyHeaders(document.ToHtml(Pipeline));
        }
        catch (ArgumentException)
        {
            // The library's only word for "too deeply nested".
            return ToPlainHtml(markdown);
        }
    }

    // A header that says nothing is announced as one all the same. What the writer wrote cannot look like these tags: its brackets are escaped.
    private static string WithoutEmptyHeaders(string html) => html
        .Replace("<th></th>", "<td></td>", StringComparison.Ordinal)
        .Replace($"<th class=\"{RightAligned}\"></th>", "<td></td>", StringComparison.Ordinal);

    private static long CellsAtMost(string markdown)
    {
        var lines = markdown.Split('\n');
        return lines.LongLength * lines.Max(line => line.Count(character => character is '|'));
    }

    private static string ToPlainHtml(string text) => $"<p>{string.Join("<br />", text.Split('\n').Select(WebUtility.HtmlEncode))}</p>";

    private static void Tame(MarkdownObject node, int shift)
    {
        switch (node)
        {
            case HeadingBlock heading:
                heading.Level = Math.Min(heading.Level + shift, DeepestHeading);
                break;
            case Table table:
                AlignByClass(table);
                break;
            case LinkInline { IsImage: true } image:
                image.ReplaceBy(new LiteralInline(TextOf(image)));
                break;
            case LinkInline link when HttpsHostOf(link.Url) is { } host:
                link.Title = null;
                link.InsertAfter(new HtmlInline($" (<bdi>{WebUtility.HtmlEncode(host)}</bdi>)"));
                break;
            case LinkInline link:
                link.ReplaceBy(new LiteralInline(TextOf(link)));
                break;
            case AutolinkInline autolink when HttpsHostOf(autolink.Url) is null:
                autolink.ReplaceBy(new LiteralInline(autolink.Url));
                break;
            case CodeBlock or LinkReferenceDefinitionGroup or ThematicBreakBlock when node is Block { Parent: { } parent } block && node is not LinkReferenceDefinitionGroup:
                parent.Remove(block);
                break;
            case Block block when !IsAllowed(block):
                block.Parent?.Remove(block);
                break;
            case Inline inline when !IsAllowed(inline):
                inline.Remove();
                break;
        }
    }

    // The library would write style attributes, which the content security policy forbids.
    private static void AlignByClass(Table table)
    {
        foreach (var cell in table.OfType<TableRow>().SelectMany(row => row.OfType<TableCell>().Index()))
        {
            if (cell.Index < table.ColumnDefinitions.Count && table.ColumnDefinitions[cell.Index].Alignment is TableColumnAlign.Right)
            {
                cell.Item.GetAttributes().AddClass(RightAligned);
            }
        }

        table.ColumnDefinitions.ForEach(column => column.Alignment = null);
    }

    private static bool IsAllowed(Block block) =>
        block is MarkdownDocument or ParagraphBlock or HeadingBlock or ListBlock or ListItemBlock or QuoteBlock or Table or TableRow or TableCell or LinkReferenceDefinitionGroup or LinkReferenceDefinition;

    private static bool IsAllowed(Inline inline) =>
        inline is LiteralInline or EmphasisInline or LineBreakInline or LinkInline or AutolinkInline or HtmlEntityInline or ContainerInline or DelimiterInline or CodeInline;

    private static string TextOf(ContainerInline container) => string.Concat(container.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));

    private static string? HttpsHostOf(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not "https" || address.UserInfo.Length > 0)
        {
            return null;
        }

        try
        {
            return address.IdnHost;
        }
        catch (UriFormatException)
        {
            // An address can be well formed and its host still no name that exists in the net.
            return null;
        }
    }
}
