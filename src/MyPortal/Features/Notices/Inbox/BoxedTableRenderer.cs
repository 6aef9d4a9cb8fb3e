using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace MyPortal.Features.Notices.Inbox;

/// <summary>How the boxes of tables are announced, in the language of the page.</summary>
/// <param name="Language">Value of the attribute <c>lang</c> of the page.</param>
/// <param name="NameOf">What the table with this number is called; the first is 1.</param>
internal sealed record TableLabel(string Language, Func<int, string> NameOf);

/// <summary>
/// Puts each table into a box of its own that scrolls sideways, so that a wide one does not move the page. The keyboard must reach the
/// box to scroll it, and what can be reached has a name.
/// </summary>
internal sealed class BoxedTableRenderer(TableLabel label) : HtmlTableRenderer
{
    private int number;

    protected override void Write(HtmlRenderer renderer, Table table)
    {
        number++;
        renderer.EnsureLine();
        renderer.Write("<div class=\"table-box\" role=\"region\" tabindex=\"0\" aria-label=\"")
            .WriteEscape(label.NameOf(number))
            .Write("\" lang=\"").WriteEscape(label.Language).WriteLine("\">");
        base.Write(renderer, table);
        renderer.WriteLine("</div>");
    }
}
