using MyPortal.Data;

namespace MyPortal.Tests.Architecture;

/// <summary>One room of the portal uses another.</summary>
internal sealed record Arrow(string From, string To)
{
    public override string ToString() => $"{From} -> {To}";
}

/// <summary>
/// Rooms are discovered from namespaces, never listed: <c>MyPortal.Data.Sqlite</c> is in <c>Data</c>,
/// <c>MyPortal.Features.Notices.Inbox</c> in <c>Features.Notices</c>. Constants and nameof leave no trace in compiled code.
/// </summary>
internal sealed class RoomMap(IReadOnlyList<Type> types, string root)
{
    private const string Public = ".Public";

    /// <summary>The rooms of the portal itself.</summary>
    public static RoomMap OfPortal { get; } = new(typeof(PortalDbContext).Assembly.GetTypes(), "MyPortal");

    public IReadOnlyList<Type> Types { get; } = [.. types.Where(type => IsInside(type, root))];

    /// <summary>A use of another feature's Public folder keeps that ending, every other use ends at the room.</summary>
    public IReadOnlyCollection<Arrow> Arrows() =>
        (from user in Types
         from used in TypeUse.Of(user)
         where used.Assembly == user.Assembly && IsInside(used, root) && RoomOf(user) != RoomOf(used)
         select new Arrow(RoomOf(user), RoomOf(used) + (IsPublic(used) ? Public : "")))
        .ToHashSet();

    public string RoomOf(Type type)
    {
        var parts = Inside(type).Split('.', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [] => "Program",
            ["Features", var feature, ..] => $"Features.{feature}",
            [var room, ..] => room,
        };
    }

    /// <summary>Name of a type as seen from the root: <c>Features.Notices.Notice</c>.</summary>
    public string NameOf(Type type) => string.Join('.', new[] { Inside(type), type.Name }.Where(part => part.Length > 0));

    /// <summary>Each circle of rooms, as the path that closes it.</summary>
    public static IEnumerable<string> CirclesIn(IEnumerable<Arrow> arrows)
    {
        var next = arrows.Select(arrow => (arrow.From, To: Room(arrow.To))).ToLookup(arrow => arrow.From, arrow => arrow.To, StringComparer.Ordinal);
        return next.SelectMany(start => PathBack(start.Key, start.Key, next, [])).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The room an arrow ends in, without the entrance it uses.</summary>
    public static string Room(string end) => end.EndsWith(Public, StringComparison.Ordinal) ? end[..^Public.Length] : end;

    private static IEnumerable<string> PathBack(string start, string at, ILookup<string, string> next, HashSet<string> seen)
    {
        foreach (var room in next[at])
        {
            if (room == start)
            {
                yield return $"{start} uses {at}, which leads back";
            }
            else if (seen.Add(room))
            {
                foreach (var path in PathBack(start, room, next, seen))
                {
                    yield return path;
                }
            }
        }
    }

    private static bool IsPublic(Type type) => (type.Namespace + ".").Contains(Public + ".", StringComparison.Ordinal);

    private static bool IsInside(Type type, string root) =>
        type.Namespace is { } name
            ? name == root || name.StartsWith(root + ".", StringComparison.Ordinal)
            : TypeUse.Outermost(type).Name is "Program";

    private string Inside(Type type) => type.Namespace is { } name && name.Length > root.Length ? name[(root.Length + 1)..] : "";
}
