namespace MyPortal.Features.AccessLog;

/// <summary>Marks the texts of this folder.</summary>
internal sealed class AccessLogTexts;
