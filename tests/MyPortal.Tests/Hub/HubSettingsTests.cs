using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Hub;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Hub;

public sealed class HubSettingsTests
{
    [Fact]
    public async Task The_sandbox_takes_the_trust_bundle_as_it_is() => (await FaultsAsync(DeploymentMode.Sandbox)).ShouldBeEmpty();

    [Fact]
    public async Task The_live_world_refuses_the_sandboxs_CA() =>
        (await FaultsAsync(DeploymentMode.Live)).ShouldBe(["Hub:CaFile names 'hub/ca.pem', the CA of the sandbox, which live mode refuses."]);

    [Fact]
    public void Without_any_setting_everything_that_is_missing_is_named() => Faults(DeploymentMode.Sandbox, new ConfigurationBuilder(), AppContext.BaseDirectory).ShouldBe(
        [
            "Hub:Address is ''; it must be an https address without a path.",
            "Hub:Id is ''; it must name the linkage hub.",
            "Hub:Self is ''; it must name the portal as the linkage hub knows it.",
            "Hub:CaFile names the file '', which is not there.",
            "Hub:CertificateFile names the file '', which is not there.",
            "Hub:CertificateKeyFile names the file '', which is not there.",
            "Hub:SigningCertificateFile names the file '', which is not there.",
            "Hub:SigningKeyFile names the file '', which is not there.",
        ]);

    [Theory]
    [InlineData("Address", "http://hub.example", "Hub:Address is 'http://hub.example'; it must be an https address without a path.")]
    [InlineData("Address", "https://hub.example/v1", "Hub:Address is 'https://hub.example/v1'; it must be an https address without a path.")]
    [InlineData("Id", "ハブ", "Hub:Id is 'ハブ'; it must name the linkage hub.")]
    [InlineData("Deadline", "00:00:00", "Hub:Deadline is '00:00:00'; it must be between nothing and one minute.")]
    [InlineData("CaFile", "nowhere.pem", "Hub:CaFile names the file 'nowhere.pem', which is not there.")]
    [InlineData("CaFile", "portal.json", "Hub:CaFile names 'portal.json', which is no certificate.")]
    [InlineData("CertificateKeyFile", "hub/signing.key", "Hub:CertificateFile and Hub:CertificateKeyFile name 'hub/tls.pem' and 'hub/signing.key', which are no certificate with its key.")]
    [InlineData("SigningKeyFile", "hub/tls.key", "Hub:SigningCertificateFile and Hub:SigningKeyFile name 'hub/signing.pem' and 'hub/tls.key', which are no certificate with its key.")]
    [InlineData("Self", "other-portal", "Hub:CertificateFile names the certificate of 'portal', but Hub:Self is 'other-portal'.")]
    public async Task A_wrong_setting_keeps_the_portal_from_starting(string setting, string value, string fault) => (await FaultsAsync(DeploymentMode.Sandbox, ($"Hub:{setting}", value))).ShouldBe([fault]);

    private static async Task<string[]> FaultsAsync(DeploymentMode mode, params (string Key, string Value)[] changes)
    {
        var trustBundle = (await TestIssuer.FoundedAsync()).TrustBundle;
        var settings = new ConfigurationBuilder().AddJsonFile(trustBundle).AddInMemoryCollection(changes.Select(change => KeyValuePair.Create(change.Key, (string?)change.Value)));
        return Faults(mode, settings, Path.GetDirectoryName(trustBundle)!);
    }

    private static string[] Faults(DeploymentMode mode, IConfigurationBuilder settings, string folder)
    {
        try
        {
            new ServiceCollection().AddHub(settings.Build(), new PortalSite(mode, new Uri("https://portal.example")), folder);
            return [];
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message.Split(Environment.NewLine);
        }
    }
}
