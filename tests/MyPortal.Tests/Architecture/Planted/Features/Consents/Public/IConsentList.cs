namespace MyPortal.Tests.Architecture.Planted.Features.Consents.Public;

/// <summary>What the feature shows.</summary>
internal interface IConsentList
{
    Task<bool> HasAsync(Guid sender);
}
