namespace MyPortal.Features.Notices;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class NoticesTexts;
