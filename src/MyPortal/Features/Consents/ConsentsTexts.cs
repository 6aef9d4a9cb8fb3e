namespace MyPortal.Features.Consents;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class ConsentsTexts;
