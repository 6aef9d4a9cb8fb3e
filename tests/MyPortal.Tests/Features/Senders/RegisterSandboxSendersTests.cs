using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MyPortal.App;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.SandboxScenario;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Senders;

public sealed class RegisterSandboxSendersTests
{
    [Fact]
    public async Task The_live_world_refuses_the_command_and_leaves_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("myportal-live-");
        try
        {
            List<string> arguments =
            [
                Path.Combine(AppContext.BaseDirectory, "MyPortal.dll"), "register-sandbox-senders", "--Deployment:Mode=Live", "--Portal:Origin=https://portal.example",
                $"--Data:Folder={folder.FullName}/data", "--CertificateLinkage:Address=https://issuer.example",
            ];
            foreach (var (kind, i) in Enum.GetValues<CertificateKind>().Select((kind, i) => (kind, i)))
            {
                using var root = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                var request = new CertificateRequest($"O=Issuer {kind}", root, HashAlgorithmName.SHA256);
                request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
                request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
                using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
                var file = Path.Combine(folder.FullName, $"{kind}.cer");
                await File.WriteAllBytesAsync(file, certificate.RawData, TestContext.Current.CancellationToken);
                arguments.AddRange(
                    [$"--Jpki:Roots:{i}:File={file}", $"--Jpki:Roots:{i}:Kind={kind}", $"--Jpki:Roots:{i}:OcspAddress=https://issuer.example/ocsp",
                     $"--Jpki:Policies:{i}:Oid=1.2.392.200149.8.5.1.1.{i}", $"--Jpki:Policies:{i}:Kind={kind}", $"--Jpki:Policies:{i}:Carrier=Card"]);
            }

            arguments.AddRange(HubArguments(folder));
            using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
            await process.StandardInput.WriteAsync(JsonSerializer.Serialize(new SandboxSenderOrders([]), ContractJson.Options));
            process.StandardInput.Close();
            var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            process.ExitCode.ShouldBe(2, error);
            error.ShouldContain("There is no command register-sandbox-senders here; there are appoint-operator, backup, migrate, outbox, verify-audit.");
            File.Exists(Path.Combine(folder.FullName, "data", "portal.db")).ShouldBeFalse();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A portal that has joined a linkage hub of live mode.</summary>
    private static IEnumerable<string> HubArguments(DirectoryInfo folder)
    {
        var hub = new DataFolder(Path.Combine(folder.FullName, "hub"));
        OrganisationKeys.LoadOrMake("portal", hub, OrganisationCa.LoadOrFound(hub, TimeProvider.System));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var ca = new CertificateRequest("CN=Organisations", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        hub.Write("ca.pem", ca.ExportCertificatePem());
        return
        [
            "--Hub:Address=https://hub.example", "--Hub:Id=hub", "--Hub:Self=portal", $"--Hub:CaFile={hub.File("ca.pem")}", $"--Hub:CertificateFile={hub.File("tls.pem")}",
            $"--Hub:CertificateKeyFile={hub.File("tls.key")}", $"--Hub:SigningCertificateFile={hub.File("signing.pem")}", $"--Hub:SigningKeyFile={hub.File("signing.key")}",
        ];
    }

    [Fact]
    public void A_first_word_is_a_command_and_a_setting_is_none()
    {
        PortalCommands.IsAsked(["register-sandbox-senders"]).ShouldBeTrue();
        PortalCommands.IsAsked(["--register-sandbox-senders"]).ShouldBeFalse();
        PortalCommands.IsAsked(["Deployment:Mode=Sandbox"]).ShouldBeFalse();
        PortalCommands.IsAsked(["/Deployment:Mode=Sandbox"]).ShouldBeFalse();
        PortalCommands.IsAsked([]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_word_that_is_no_command_is_refused_with_those_there_are_and_leaves_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("myportal-word-");
        try
        {
            var (code, said) = await PortalCommand.RunAsync("grant-sandbox", database: null, [$"--Data:Folder={folder.FullName}/data"]);

            code.ShouldBe(2);
            said.ShouldBe("There is no command grant-sandbox here; there are appoint-operator, backup, migrate, outbox, register-sandbox-senders, verify-audit.");
            Directory.Exists(Path.Combine(folder.FullName, "data")).ShouldBeFalse();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void No_command_names_a_citizen() =>
        typeof(SandboxSenderOrder).GetProperties().Concat(typeof(SandboxSenderOrders).GetProperties()).Select(property => property.Name)
            .ShouldBe(["Id", "Name", "Kind", "Service", "PublicKey", "CorporateNumber", "Contact", "ReturnAddresses", "MessageAddress", "Webhook", "Law", "Senders"], ignoreOrder: true);
}
