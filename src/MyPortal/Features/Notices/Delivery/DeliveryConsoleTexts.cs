namespace MyPortal.Features.Notices.Delivery;

/// <summary>Marks the texts of this folder. Operators read Japanese or English; easy Japanese falls back to Japanese.</summary>
internal sealed class DeliveryConsoleTexts;
