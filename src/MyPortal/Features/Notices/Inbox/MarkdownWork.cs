namespace MyPortal.Features.Notices.Inbox;

/// <summary>
/// What makes a Markdown text costly. The parser looks back over open brackets, stress marks and blocks, so its work grows with the
/// square of their number; a table is filled up to its widest row. Counted without parsing, in one walk over the characters.
/// </summary>
/// <param name="Brackets">Opening square brackets.</param>
/// <param name="Stresses">Runs of asterisks or underscores.</param>
/// <param name="Nesting">Most quotation and list marks at the beginning of one line.</param>
/// <param name="Lines">Lines.</param>
/// <param name="Cells">Cells that tables can have at most.</param>
internal readonly record struct MarkdownWork(int Brackets, int Stresses, int Nesting, int Lines, long Cells)
{
    public const int MostBrackets = 300;
    public const int MostStresses = 600;
    public const int DeepestNesting = 20;
    public const int MostLines = 1000;
    public const int MostCells = 2000;

    public bool IsBounded => Brackets <= MostBrackets && Stresses <= MostStresses && Nesting <= DeepestNesting && Lines <= MostLines && Cells <= MostCells;

    public static MarkdownWork Of(string markdown)
    {
        var work = new MarkdownWork();
        var previous = ' ';
        foreach (var character in markdown)
        {
            work = character switch
            {
                '[' => work with { Brackets = work.Brackets + 1 },
                '*' or '_' when character != previous => work with { Stresses = work.Stresses + 1 },
                _ => work,
            };
            previous = character;
        }

        var (lines, widest) = (0, 0L);
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            work = work with { Lines = work.Lines + 1, Nesting = Math.Max(work.Nesting, NestingOf(line)) };
            if (line.IsWhiteSpace())
            {
                work = work with { Cells = work.Cells + (lines * widest) };
                (lines, widest) = (0, 0);
                continue;
            }

            (lines, widest) = (lines + 1, Math.Max(widest, line.Count('|')));
        }

        return work with { Cells = work.Cells + (lines * widest) };
    }

    private static int NestingOf(ReadOnlySpan<char> line)
    {
        var marks = 0;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] is '>')
            {
                marks++;
                continue;
            }

            if (line[at] is ' ' or '\t')
            {
                continue;
            }

            var digits = line[at..].IndexOfAnyExceptInRange('0', '9');
            var end = at + Math.Max(digits, 0);
            var isMark = digits is 0 ? line[at] is '-' or '+' or '*' : digits > 0 && line[end] is '.' or ')';
            if (!isMark || (end + 1 < line.Length && line[end + 1] is not (' ' or '\t')))
            {
                break;
            }

            marks++;
            at = end;
        }

        return marks;
    }
}
