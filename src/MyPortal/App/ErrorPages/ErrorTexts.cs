namespace MyPortal.App.ErrorPages;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class ErrorTexts;
