using System.Text.Json;
using System.Text.Json.Serialization;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.TrustBundle;

/// <summary>What the sandbox gives the portal before it starts: whom to trust and where to ask. A real installation gets the like from the authority.</summary>
internal static class TrustBundleWriter
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Writes the folder anew.</summary>
    /// <param name="options">Where, and the addresses.</param>
    /// <param name="authority">Whose roots the portal pins.</param>
    /// <param name="membership">The portal's keys for the hub; null without one.</param>
    public static void Write(SandboxOptions options, IssuingAuthority authority, PortalMembership? membership = null)
    {
        var folder = new DataFolder(options.TrustBundle);
        foreach (var root in authority.Roots) folder.Write(root.Name + ".pem", root.Certificate.ExportCertificatePem());
        membership?.WriteTo(folder.Sub("hub"));
        folder.Write("portal.json", JsonSerializer.Serialize(Configuration(options, authority, HubOf(options, membership)), Readable));
    }

    private static object Configuration(SandboxOptions options, IssuingAuthority authority, object? hub) => new
    {
        Jpki = new
        {
            Roots = authority.Roots.Select(root => new { File = root.Name + ".pem", Kind = root.Kind.ToString(), root.OcspAddress }),
            Policies = new[]
            {
                new { Oid = CertificateProfile.AuthenticationPolicy, Kind = "Authentication", Carrier = "Test" },
                new { Oid = CertificateProfile.SignaturePolicy, Kind = "Signature", Carrier = "Test" },
            },
        },
        // Everybody the portal tells something stands on this machine.
        Outbox = new { AllowLocalAddresses = true },
        CertificateLinkage = new { Address = options.Linkage.GetLeftPart(UriPartial.Authority) },
        Hub = hub,
    };

    private static object? HubOf(SandboxOptions options, PortalMembership? membership) => membership is null ? null : new
    {
        Address = options.Hub.GetLeftPart(UriPartial.Authority),
        Id = "hub",
        Self = "portal",
        CaFile = "hub/ca.pem",
        CertificateFile = "hub/tls.pem",
        CertificateKeyFile = "hub/tls.key",
        SigningCertificateFile = "hub/signing.pem",
        SigningKeyFile = "hub/signing.key",
        SealingCertificateFile = "hub/sealing.pem",
        SealingKeyFile = "hub/sealing.key",
    };
}
