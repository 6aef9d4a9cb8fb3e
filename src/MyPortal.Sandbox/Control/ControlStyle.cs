namespace MyPortal.Sandbox.Control;

/// <summary>The control page's few rules of style.</summary>
internal static class ControlStyle
{
    public const string Css =
        """
        :root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.7; }
        body { max-width: 70rem; margin: 0 auto; padding: 1rem; }
        table { border-collapse: collapse; width: 100%; }
        .wide { overflow-x: auto; }
        caption { text-align: start; font-weight: bold; padding-block: .5rem; }
        th, td { text-align: start; padding: .4rem .6rem; border-block-end: 1px solid GrayText; vertical-align: top; }
        form { display: inline-block; margin: 0 .25rem .25rem 0; }
        button { font: inherit; min-height: 2.75rem; padding: .25rem .75rem; }
        code { font-size: 1.05em; }
        """;
}
