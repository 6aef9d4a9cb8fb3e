using System.Security.Cryptography.X509Certificates;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Organisations;

/// <summary>What the organisation CA hands the portal when it joins.</summary>
/// <param name="Ca">The CA.</param>
/// <param name="Folder">Where they lie as PEM files.</param>
internal sealed record PortalMembership(X509Certificate2 Ca, DataFolder Folder)
{
    /// <summary>Copies everything into the portal's trust bundle.</summary>
    public void WriteTo(DataFolder trustBundle)
    {
        trustBundle.Write("ca.pem", Ca.ExportCertificatePem());
        foreach (var name in (string[])["tls", "signing", "sealing"])
        {
            trustBundle.Write(name + ".pem", Folder.ReadOrNull(name + ".pem")!);
            trustBundle.Write(name + ".key", Folder.ReadOrNull(name + ".key")!);
        }
    }
}
