namespace MyPortal.App.Trouble;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class TroubleTexts;
