namespace MyPortal.Tests.Architecture.Planted.Features.Consents;

/// <summary>What the feature keeps to itself.</summary>
internal sealed class Consent
{
    public bool IsGiven { get; init; }
}
