namespace MyPortal.Features.Proxies;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class ProxiesTexts;
