using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Jpki;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Jpki.Forging;

namespace MyPortal.Tests.Jpki;

public sealed class JpkiSettingsTests
{
    [Fact]
    public async Task The_sandbox_takes_the_trust_bundle_as_it_is() => (await FaultsAsync(DeploymentMode.Sandbox)).ShouldBeEmpty();

    [Fact]
    public async Task The_live_world_refuses_every_test_root_the_test_policies_and_plain_http_at_once()
    {
        var faults = await FaultsAsync(DeploymentMode.Live);

        faults.Count(fault => fault.Contains("a test root, which live mode refuses", StringComparison.Ordinal)).ShouldBe(6);
        faults.Count(fault => fault.Contains("on this machine, which live mode refuses", StringComparison.Ordinal)).ShouldBe(6);
        faults.Count(fault => fault.EndsWith("a policy of test cards, which live mode refuses.", StringComparison.Ordinal)).ShouldBe(2);
        faults.ShouldContain(fault => fault.StartsWith("CertificateLinkage:Address", StringComparison.Ordinal) && fault.EndsWith("an address with https.", StringComparison.Ordinal));
        faults.Length.ShouldBe(15);
    }

    [Theory]
    [InlineData("Sandbox")]
    [InlineData("Live")]
    public void Without_any_setting_everything_that_is_missing_is_named(string mode) => Faults(Enum.Parse<DeploymentMode>(mode), new ConfigurationBuilder(), AppContext.BaseDirectory).ShouldBe(
        [
            "Jpki:Roots has no root of kind Authentication.",
            "Jpki:Policies has no policy of kind Authentication.",
            "Jpki:Roots has no root of kind Signature.",
            "Jpki:Policies has no policy of kind Signature.",
            $"CertificateLinkage:Address is ''; it must be an address{(mode is "Live" ? " with https" : "")}.",
        ]);

    [Fact]
    public async Task A_root_that_is_not_there_is_named() =>
        (await FaultsAsync(DeploymentMode.Sandbox, ("Jpki:Roots:0:File", "nowhere.pem"))).ShouldBe(["Jpki:Roots names the file 'nowhere.pem', which is not there."]);

    [Theory]
    [InlineData("")]
    [InlineData("/ocsp")]
    [InlineData("ftp://ocsp.example/")]
    public async Task A_root_without_an_address_to_ask_is_named(string address) =>
        (await FaultsAsync(DeploymentMode.Sandbox, ("Jpki:Roots:0:OcspAddress", address))).ShouldHaveSingleItem().ShouldEndWith($"the OcspAddress '{address}', which is no address.");

    [Theory]
    [InlineData("")]
    [InlineData("/linkage")]
    public async Task A_linkage_service_without_an_address_is_named(string address) =>
        (await FaultsAsync(DeploymentMode.Sandbox, ("CertificateLinkage:Address", address))).ShouldBe([$"CertificateLinkage:Address is '{address}'; it must be an address."]);

    [Fact]
    public void The_root_that_the_others_spoil_is_taken_in_both_worlds() => RootFaults(DeploymentMode.Live, ForgedAuthority.OfRoot).ShouldBeEmpty();

    [Fact]
    public void A_root_is_checked_before_it_is_trusted()
    {
        var root = ForgedAuthority.OfRoot;

        ShouldName(root with { Issuer = CertificateDraft.Name("Another authority") }, "which is not signed by itself");
        ShouldName(root with { Key = OtherKey(2048) }, "which is not signed by itself");
        ShouldName(root with { Key = OtherKey(1024) }, "whose key is too weak or of an unknown kind");
        ShouldName(root with { Extensions = [root.Extensions[0]] }, "which is no certificate of an authority");
        ShouldName(root with { Extensions = [root.Extensions[1]] }, "which is no certificate of an authority");
        ShouldName(root with { Extensions = [CertificateDraft.KeyUsage(3, 2, 7, 0x80), root.Extensions[1]] }, "which is no certificate of an authority");
        ShouldName(root with { Hash = HashAlgorithmName.SHA1, Algorithm = Raw.Algorithm("1.2.840.113549.1.1.5") }, "which is no certificate of version 3 signed with SHA-256 or better");
        ShouldName(root with { Version = [] }, "which is no certificate of version 3 signed with SHA-256 or better");
    }

    [Theory]
    [InlineData("200101000000Z", "250101000000Z")]
    [InlineData("270101000000Z", "330101000000Z")]
    public void Of_each_kind_one_root_is_valid_now(string from, string to) => RootFaults(DeploymentMode.Sandbox, ForgedAuthority.OfRoot with { NotBefore = Raw.Utc(from), NotAfter = Raw.Utc(to) })
        .ShouldBe(["Jpki:Roots has no root of kind Authentication that is valid now.", "Jpki:Roots has no root of kind Signature that is valid now."]);

    [Theory]
    [InlineData("JPKI-test")]
    [InlineData("ＪＰＫＩ　Ｔｅｓｔ")]
    [InlineData("公的個人認証サービス（テスト）")]
    [InlineData("MyPortal sandbox")]
    public void The_live_world_refuses_a_test_root_whatever_it_calls_itself(string name)
    {
        var root = ForgedAuthority.OfRoot with { Subject = CertificateDraft.Name(name), Issuer = CertificateDraft.Name(name) };

        RootFaults(DeploymentMode.Sandbox, root).ShouldBeEmpty();
        RootFaults(DeploymentMode.Live, root)[0].ShouldEndWith("a test root, which live mode refuses.");
    }

    [Fact]
    public void The_live_world_refuses_a_root_with_the_policy_of_tests_and_the_policies_themselves_under_any_name()
    {
        RootFaults(DeploymentMode.Live, ForgedAuthority.OfRoot.With(CertificateDraft.Policies(CertificateDraft.SignaturePolicy)))[0].ShouldEndWith("a test root, which live mode refuses.");
        RootFaults(DeploymentMode.Live, ForgedAuthority.OfRoot, ("Jpki:Policies:0:Oid", CertificateDraft.AuthenticationPolicy))
            .ShouldBe([$"Jpki:Policies allows '{CertificateDraft.AuthenticationPolicy}', a policy of test cards, which live mode refuses."]);
    }

    [Fact]
    public async Task The_sandboxs_roots_carry_the_policy_of_tests() =>
        (await TestIssuer.FoundedAsync()).Authority.Roots.ShouldAllBe(root => LeafProfile.PoliciesIn(CertificateForm.Read(root.Certificate.RawDataMemory).Value).Any(RootCheck.IsTestPolicy));

    [Fact]
    public async Task A_root_or_a_policy_that_stands_twice_is_named()
    {
        (await FaultsAsync(DeploymentMode.Sandbox, ("Jpki:Roots:1:File", "authentication-1.pem"))).ShouldBe(["Jpki:Roots names 'authentication-1.pem', whose key is that of 'authentication-1.pem'."]);
        (await FaultsAsync(DeploymentMode.Sandbox, ("Jpki:Policies:2:Oid", CertificateDraft.AuthenticationPolicy))).ShouldBe([$"Jpki:Policies names '{CertificateDraft.AuthenticationPolicy}' twice."]);
    }

    [Fact]
    public void A_file_that_holds_no_certificate_is_named()
    {
        using var folder = new RootFolder();
        File.WriteAllText(Path.Combine(folder.Path, "authentication.pem"), "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n");

        Faults(DeploymentMode.Sandbox, Settings(), folder.Path)[0].ShouldBe("Jpki:Roots names the file 'authentication.pem', which cannot be read as a certificate.");
    }

    private static byte[] OtherKey(int bits)
    {
        using var key = RSA.Create(bits);
        return key.ExportSubjectPublicKeyInfo();
    }

    private static void ShouldName(CertificateDraft root, string fault) => RootFaults(DeploymentMode.Sandbox, root)[0].ShouldBe($"Jpki:Roots names 'authentication.pem', {fault}.");

    // Two roots, because one key stands for one kind; only the first is odd in more than its validity and its names.
    private static string[] RootFaults(DeploymentMode mode, CertificateDraft root, params (string Key, string Value)[] changes)
    {
        using var folder = new RootFolder();
        folder.Write("authentication.pem", ForgedAuthority.Instance.SelfSigned(root));
        folder.Write("signature.pem", RootFolder.Another(root));
        return Faults(mode, Settings(changes), folder.Path, new TestClock(ForgedAuthority.Now));
    }

    private static ConfigurationBuilder Settings(params (string Key, string Value)[] changes)
    {
        var settings = new ConfigurationBuilder();
        settings.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Jpki:Roots:0:File"] = "authentication.pem",
            ["Jpki:Roots:0:Kind"] = "Authentication",
            ["Jpki:Roots:0:OcspAddress"] = "http://ocsp.example/authentication",
            ["Jpki:Roots:1:File"] = "signature.pem",
            ["Jpki:Roots:1:Kind"] = "Signature",
            ["Jpki:Roots:1:OcspAddress"] = "http://ocsp.example/signature",
            ["Jpki:Policies:0:Oid"] = "1.2.392.200149.8.5.1.3.30",
            ["Jpki:Policies:0:Kind"] = "Authentication",
            ["Jpki:Policies:1:Oid"] = "1.2.392.200149.8.5.1.1.20",
            ["Jpki:Policies:1:Kind"] = "Signature",
            ["CertificateLinkage:Address"] = "https://linkage.example",
        });
        settings.AddInMemoryCollection(changes.Select(change => KeyValuePair.Create(change.Key, (string?)change.Value)));
        return settings;
    }

    private static async Task<string[]> FaultsAsync(DeploymentMode mode, params (string Key, string Value)[] changes)
    {
        var trustBundle = (await TestIssuer.FoundedAsync()).TrustBundle;
        var settings = new ConfigurationBuilder().AddJsonFile(trustBundle).AddInMemoryCollection(changes.Select(change => KeyValuePair.Create(change.Key, (string?)change.Value)));
        return Faults(mode, settings, Path.GetDirectoryName(trustBundle)!);
    }

    private static string[] Faults(DeploymentMode mode, IConfigurationBuilder settings, string folder, TimeProvider? clock = null)
    {
        try
        {
            new ServiceCollection().AddJpki(settings.Build(), new PortalSite(mode, new Uri("https://portal.example")), folder, clock);
            return [];
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message.Split(Environment.NewLine);
        }
    }

    private sealed class RootFolder : IDisposable
    {
        private static readonly RSA AnotherKey = RSA.Create(2048);
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-roots-");

        public string Path => folder.FullName;

        /// <summary>An ordinary root of another key with the names and the validity of this one.</summary>
        public static byte[] Another(CertificateDraft root)
        {
            var other = ForgedAuthority.OfRoot with { Subject = root.Subject, NotBefore = root.NotBefore, NotAfter = root.NotAfter };
            var content = other.Content(root.Subject, AnotherKey.ExportSubjectPublicKeyInfo());
            return Raw.Node(Raw.Sequence, content, other.Algorithm, Raw.Bits(AnotherKey.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        }

        public void Write(string name, byte[] certificate) => File.WriteAllText(System.IO.Path.Combine(Path, name), PemEncoding.WriteString("CERTIFICATE", certificate));

        public void Dispose() => folder.Delete(recursive: true);
    }
}
