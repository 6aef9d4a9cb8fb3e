namespace MyPortal.Tests.Architecture;

/// <summary>A type or file that breaks a rule, and how.</summary>
internal sealed record Violation(string Culprit, string What)
{
    public override string ToString() => $"{Culprit} {What}";
}

/// <summary>A rule about compiled code.</summary>
/// <param name="Sentence">The rule.</param>
/// <param name="Because">What goes wrong without it.</param>
/// <param name="Find">Finds every violation.</param>
/// <param name="Planted">The one type below <c>Planted</c> that breaks the rule on purpose, so that the rule is seen to fail.</param>
internal sealed record Rule(string Sentence, string Because, Func<RoomMap, IEnumerable<Violation>> Find, string Planted)
{
    public override string ToString() => Sentence;
}
