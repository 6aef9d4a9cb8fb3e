using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Certificates;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;
using MyPortal.Tests.Fixtures;
using OrganisationKeys = MyPortal.Certificates.OrganisationKeys;
using ParticipantKeys = MyPortal.Sandbox.Organisations.OrganisationKeys;

namespace MyPortal.Tests.Certificates;

public sealed class OrganisationKeysTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-organisations-");
    private readonly TestClock clock = new();

    [Fact]
    public void A_connection_is_kept_only_to_the_hubs_own_certificate_for_connections()
    {
        var ca = Ca("ca");
        using var keys = PortalOf(ca);
        var validate = keys.TlsTowards("hub").RemoteCertificateValidationCallback!;
        var hub = Participant("hub", ca);

        Accepts(hub.MutualTls).ShouldBeTrue();
        Accepts(hub.SigningCertificate).ShouldBeFalse("a signing key opens no connection");
        Accepts(Participant("sakura-city", ca).MutualTls).ShouldBeFalse("another participant is not the hub");
        Accepts(Participant("hub", Ca("foreign-ca"), "foreign-hub").MutualTls).ShouldBeFalse("another CA may write any name");
        Accepts(null).ShouldBeFalse();
        clock.Advance(TimeSpan.FromDays(365 * 6));
        Accepts(hub.MutualTls).ShouldBeFalse("it has expired");

        bool Accepts(X509Certificate2? certificate) => validate(this, certificate, chain: null, SslPolicyErrors.RemoteCertificateChainErrors);
    }

    [Fact]
    public void A_signature_counts_only_by_the_participants_signing_key_of_the_CA()
    {
        var ca = Ca("ca");
        using var keys = PortalOf(ca);
        var (hub, foreign) = (Participant("hub", ca), Participant("hub", Ca("foreign-ca"), "foreign-hub"));
        byte[] bytes = [1, 2, 3];

        keys.IsSignedBy("hub", hub.SigningCertificate.RawData, bytes, hub.Sign(bytes)).ShouldBeTrue();
        keys.IsSignedBy("hub", hub.SigningCertificate.RawData, [1, 2, 4], hub.Sign(bytes)).ShouldBeFalse();
        keys.IsSignedBy("sakura-city", hub.SigningCertificate.RawData, bytes, hub.Sign(bytes)).ShouldBeFalse();
        keys.IsSignedBy("hub", foreign.SigningCertificate.RawData, bytes, foreign.Sign(bytes)).ShouldBeFalse();
        keys.IsSignedBy("hub", [1, 2, 3], bytes, hub.Sign(bytes)).ShouldBeFalse();
    }

    [Fact]
    public void A_certificate_that_counted_once_counts_only_for_its_own_time_name_and_purpose()
    {
        var ca = Ca("ca");
        using var keys = PortalOf(ca);
        var hub = Participant("hub", ca);
        byte[] bytes = [1, 2, 3];
        bool IsSigned(string by = "hub") => keys.IsSignedBy(by, hub.SigningCertificate.RawData, bytes, hub.Sign(bytes));

        IsSigned().ShouldBeTrue();
        IsSigned().ShouldBeTrue("it is remembered");
        IsSigned("sakura-city").ShouldBeFalse();
        keys.SealingKeyOf("hub", hub.SigningCertificate.RawData).ShouldBeNull();
        clock.Advance(TimeSpan.FromDays(365 * 6));
        IsSigned().ShouldBeFalse("it has expired");
    }

    [Fact]
    public void A_sealing_key_counts_only_with_a_certificate_for_sealing()
    {
        var ca = Ca("ca");
        using var keys = PortalOf(ca);
        var city = Participant("sakura-city", ca);

        keys.SealingKeyOf("sakura-city", city.SealingCertificate.RawData).ShouldNotBeNull();
        keys.SealingKeyOf("sakura-city", city.SigningCertificate.RawData).ShouldBeNull();
        keys.SealingKeyOf("pension-agency", city.SealingCertificate.RawData).ShouldBeNull();
    }

    public void Dispose() => folder.Delete(recursive: true);

    private OrganisationCa Ca(string name) => OrganisationCa.LoadOrFound(Folder(name), clock);

    private ParticipantKeys Participant(string id, OrganisationCa ca, string? at = null) => ParticipantKeys.LoadOrMake(id, Folder(at ?? id), ca);

    private OrganisationKeys PortalOf(OrganisationCa ca)
    {
        Participant("portal", ca);
        new PortalMembership(ca.Certificate, Folder("portal")).WriteTo(Folder("trust-bundle"));
        var files = new OrganisationKeyFiles { CaFile = "ca.pem", CertificateFile = "tls.pem", CertificateKeyFile = "tls.key", SigningCertificateFile = "signing.pem", SigningKeyFile = "signing.key" };
        return new(files, Folder("trust-bundle").Path, clock);
    }

    private DataFolder Folder(string name) => new(Path.Combine(folder.FullName, name));
}
