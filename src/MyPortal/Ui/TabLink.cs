using Microsoft.AspNetCore.Components;

namespace MyPortal.Ui;

/// <summary>A tab: a link to a page of its own.</summary>
/// <param name="Href">Address of the page.</param>
/// <param name="Text">Name of the tab.</param>
/// <param name="IsCurrent">Whether it is the page shown now.</param>
/// <param name="Count">How many things are there; null when not counted, and not said when it is zero.</param>
public sealed record TabLink(string Href, RenderFragment Text, bool IsCurrent = false, int? Count = null);
