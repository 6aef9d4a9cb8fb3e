namespace MyPortal.Ui;

/// <summary>Marks the texts that the components bring along themselves.</summary>
internal sealed class UiTexts;
