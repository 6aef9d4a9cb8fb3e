using System.Text.Json;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Handout;

/// <summary>What the sandbox gives the portal before it starts: whom to trust and where to ask. A real installation gets the like from the authority.</summary>
internal static class PortalHandout
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static void Write(SandboxOptions options, IssuingAuthority authority)
    {
        var folder = new DataFolder(options.Handout);
        foreach (var root in authority.Roots) folder.Write(root.Name + ".pem", root.Certificate.ExportCertificatePem());
        folder.Write("portal.json", JsonSerializer.Serialize(Configuration(options, authority), Readable));
    }

    private static object Configuration(SandboxOptions options, IssuingAuthority authority) => new
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
    };
}
