using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MyPortal.Sandbox.Organisations;

/// <summary>A listener that talks only to holders of a certificate of the organisation CA.</summary>
internal static class MutualTlsListener
{
    public static void Require(ListenOptions listen, OrganisationKeys self, OrganisationTrust trust) => listen.UseHttps(https =>
    {
        https.ServerCertificate = self.MutualTls;
        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        https.CheckCertificateRevocation = false;
        https.ClientCertificateValidation = (certificate, _, _) => trust.Vouches(certificate, KeyPurpose.MutualTls);
    });
}
