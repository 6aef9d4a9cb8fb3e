using System.Text;

namespace MyPortal.Audit;

/// <summary>What an anchor file holds, without its lines.</summary>
/// <param name="Path">Which file.</param>
/// <param name="Lines">How many lines it had when it was looked at; later ones are not read.</param>
/// <param name="Unreadable">How many of them are no anchors.</param>
/// <param name="First">The first one; null in a file without anchors.</param>
/// <param name="Newest">The last one that still counts.</param>
/// <param name="Restores">Lines that mark accepted restores, with their places in the file.</param>
internal sealed record AnchorSummary(string Path, int Lines, int Unreadable, Anchor? First, Anchor? Newest, IReadOnlyList<(int Line, Anchor Mark)> Restores);

/// <summary>A file of anchors, one a line. It is only ever added to; each line is on the disk before the next thing happens.</summary>
internal sealed class AnchorFile(string path)
{
    private const int TailLength = 4096;

    // A region far behind any content: what is locked cannot be read by others on some systems.
    private const long LockedByte = long.MaxValue - 1;

    public string Path => path;

    /// <summary>Adds the line that <paramref name="next"/> makes of the last readable one; null adds nothing.</summary>
    /// <exception cref="IOException">The file cannot be written, or another process adds to it at this moment.</exception>
    public void Add(Func<Anchor?, Anchor?> next)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
        if (!OperatingSystem.IsMacOS())
        {
            stream.Lock(LockedByte, 1);
        }

        var tail = ReadTail(stream);
        if (next(LastIn(tail)) is not { } anchor)
        {
            return;
        }

        // What a dying machine left half written stays as a line of its own.
        var line = anchor.ToLine() + "\n";
        stream.Seek(0, SeekOrigin.End);
        stream.Write(Encoding.ASCII.GetBytes(tail.Length is 0 || tail[^1] is (byte)'\n' ? line : "\n" + line));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Reads the file through once, in bounded memory; null where there is no file.</summary>
    public AnchorSummary? Summarise()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var (lines, unreadable) = (0, 0);
        Anchor? first = null;
        Anchor? newest = null;
        var restores = new List<(int, Anchor)>();
        foreach (var line in LinesOf(path))
        {
            if (Anchor.TryRead(line) is { } anchor)
            {
                first ??= anchor;
                newest = anchor.IsRestore || newest is null || anchor.Count >= newest.Count ? anchor : newest;
                if (anchor.IsRestore)
                {
                    restores.Add((lines, anchor));
                }
            }
            else
            {
                unreadable++;
            }

            lines++;
        }

        return new AnchorSummary(path, lines, unreadable, first, newest, restores);
    }

    /// <summary>The anchors that still count, by rising count: those that an accepted restore undid, and those out of order, are left out.</summary>
    public static IEnumerable<Anchor> Standing(AnchorSummary summary)
    {
        var reached = -1L;
        var number = -1;
        var later = 0;
        foreach (var line in LinesOf(summary.Path).Take(summary.Lines))
        {
            number++;
            while (later < summary.Restores.Count && summary.Restores[later].Line <= number)
            {
                later++;
            }

            var limit = summary.Restores.Skip(later).Select(restore => restore.Mark.Count).DefaultIfEmpty(long.MaxValue).Min();
            if (Anchor.TryRead(line) is { } anchor && anchor.Count <= limit && anchor.Count >= reached)
            {
                reached = anchor.Count;
                yield return anchor;
            }
        }
    }

    private static IEnumerable<string> LinesOf(string path)
    {
        // Shared with whoever adds to it meanwhile.
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.ASCII);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static byte[] ReadTail(FileStream stream)
    {
        var tail = new byte[Math.Min(stream.Length, TailLength)];
        stream.Seek(-tail.Length, SeekOrigin.End);
        stream.ReadExactly(tail);
        return tail;
    }

    private static Anchor? LastIn(byte[] tail) =>
        Encoding.ASCII.GetString(tail).Split('\n').Select(Anchor.TryRead).LastOrDefault(anchor => anchor is not null);
}
