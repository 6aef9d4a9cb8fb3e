namespace MyPortal.Features.Home;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class HomeTexts;
