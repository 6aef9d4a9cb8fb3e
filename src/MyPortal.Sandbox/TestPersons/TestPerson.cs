using MyPortal.Sandbox.VirtualCard;

namespace MyPortal.Sandbox.TestPersons;

/// <summary>A person with the card in the reader.</summary>
/// <param name="Person">Who.</param>
/// <param name="Card">The card's applet.</param>
/// <param name="Reader">The card's connection to the agent.</param>
internal sealed record TestPerson(Person Person, JpkiApplet Card, CardInReader Reader);
