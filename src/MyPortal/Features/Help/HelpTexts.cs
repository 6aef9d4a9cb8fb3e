namespace MyPortal.Features.Help;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class HelpTexts;
