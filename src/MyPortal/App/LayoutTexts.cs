namespace MyPortal.App;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class LayoutTexts;
