using System.Globalization;
using System.Net;
using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
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

    // In Japanese, brackets and full stops stand next to stressed words without a blank.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseCjkFriendlyEmphasis().Build();

    private static readonly TableLabel Unnamed = new("", _ => "");

    /// <summary>
    /// Whether the words can be rendered at a cost everybody can bear. What no person writes (thousands of open brackets, a nesting or a
    /// table beyond all measure) is refused from senders; stored words of that kind are shown as the plain text they are.
    /// </summary>
    public static bool IsReadable(string markdown) => TryRender(markdown, "", Unnamed) is not null;

    /// <summary>The words as HTML.</summary>
    /// <param name="markdown">What the sender wrote.</param>
    /// <param name="language">Value of the attribute <c>lang</c> of these words.</param>
    /// <param name="tables">How tables are announced.</param>
    public static string ToHtml(string markdown, string language, TableLabel tables) => TryRender(markdown, language, tables) ?? ToPlainHtml(markdown);

    private static string? TryRender(string markdown, string language, TableLabel tables)
    {
        if (!MarkdownWork.Of(markdown).IsBounded)
        {
            return null;
        }

        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            var nodes = document.Descendants().ToList();
            var shift = HighestHeading - nodes.OfType<HeadingBlock>().Select(heading => heading.Level).DefaultIfEmpty(HighestHeading).Min();
            foreach (var node in nodes)
            {
                Tame(node, shift, language);
            }

            return Render(document, tables);
        }
        catch (ArgumentException)
        {
            // The library's only word for "too deeply nested".
            return null;
        }
    }

    private static string Render(MarkdownDocument document, TableLabel tables)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new BoxedTableRenderer(tables));
        renderer.Render(document);
        return WithoutEmptyHeaders(writer.ToString());
    }

    // A header that says nothing is announced as one all the same. What the writer wrote cannot look like these tags: its brackets are escaped.
    private static string WithoutEmptyHeaders(string html) => html
        .Replace("<th></th>", "<td></td>", StringComparison.Ordinal)
        .Replace($"<th class=\"{RightAligned}\"></th>", "<td></td>", StringComparison.Ordinal);

    private static string ToPlainHtml(string text) => $"<p>{string.Join("<br />", text.Split('\n').Select(WebUtility.HtmlEncode))}</p>";

    private static void Tame(MarkdownObject node, int shift, string language)
    {
        switch (node)
        {
            case HeadingBlock heading:
                heading.Level = Math.Min(heading.Level + shift, DeepestHeading);
                break;
            case Table table:
                AlignByClass(table);
                table.GetAttributes().AddProperty("lang", language);
                break;
            case LinkInline { IsImage: true } image:
                image.ReplaceBy(new LiteralInline(TextOf(image)), copyChildren: false);
                break;
            case LinkInline link when HttpsHostOf(link.Url) is { } host:
                ShowHost(link, host);
                break;
            case LinkInline link:
                // What stands in it moves over as it is, stress and all.
                link.ReplaceBy(new ContainerInline());
                break;
            case AutolinkInline autolink when HttpsHostOf(autolink.Url) is null || autolink.FindParentOfType<LinkInline>().Any():
                autolink.ReplaceBy(new LiteralInline(autolink.Url));
                break;
            case DelimiterInline delimiter:
                // A bar that makes no table holds everything behind it: a paragraph full of them would count as too deeply nested.
                delimiter.ReplaceBy(new LiteralInline(delimiter.ToLiteral()));
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

    private static void ShowHost(LinkInline link, string host)
    {
        link.Title = null;
        if (TextOf(link).EnumerateRunes().All(IsInvisible))
        {
            link.Clear();
            link.AppendChild(Isolated(host));
            return;
        }

        var shown = Isolated(host);
        link.InsertAfter(shown);
        shown.InsertBefore(new LiteralInline(" ("));
        shown.InsertAfter(new LiteralInline(")"));
    }

    // Apart from the direction in which the words around it run.
    private static HtmlInline Isolated(string host) => new($"<bdi>{WebUtility.HtmlEncode(host)}</bdi>");

    private static bool IsInvisible(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

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
        inline is LiteralInline or EmphasisInline or LineBreakInline or LinkInline or AutolinkInline or HtmlEntityInline or ContainerInline or CodeInline;

    private static string TextOf(ContainerInline container) => string.Concat(container.Descendants<Inline>().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        AutolinkInline autolink => autolink.Url,
        LineBreakInline => " ",
        _ => "",
    }));

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
