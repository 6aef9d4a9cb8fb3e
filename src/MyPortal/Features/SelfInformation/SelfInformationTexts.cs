namespace MyPortal.Features.SelfInformation;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class SelfInformationTexts;
