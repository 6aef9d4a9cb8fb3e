namespace MyPortal.Sandbox.Seeding;

/// <summary>A form of a page, filled in as a browser shows it.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="IsPost">False for a search form.</param>
/// <param name="Names">Every named control, also those that would not be sent as they stand.</param>
/// <param name="Fields">What would be sent: hidden fields, texts, ticked boxes. A required box counts as ticked, because no browser sends the form without it.</param>
internal sealed record PageForm(Uri Action, bool IsPost, IReadOnlySet<string> Names, IReadOnlyDictionary<string, string> Fields);
