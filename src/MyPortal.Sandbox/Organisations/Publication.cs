using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;

namespace MyPortal.Sandbox.Organisations;

/// <summary>What the hub publishes with a signature over its exact bytes.</summary>
internal static class Publication
{
    public static byte[] SignedBytes(byte[] content) => [.. LengthPrefixed.Of("MYP-HUB/1 publication"), .. LengthPrefixed.Of(content)];

    public static SignedPublication Sign<T>(T content, OrganisationKeys hub)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(content, ContractJson.Options);
        return new SignedPublication(bytes, hub.Sign(SignedBytes(bytes)));
    }
}
