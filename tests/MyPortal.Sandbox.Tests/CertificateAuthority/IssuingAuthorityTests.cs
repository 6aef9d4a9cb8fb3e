using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.CertificateAuthority;

namespace MyPortal.Sandbox.Tests.CertificateAuthority;

public sealed class IssuingAuthorityTests(AuthorityFixture fixture)
{
    [Fact]
    public void Three_generations_share_one_name_and_differ_in_their_keys()
    {
        var roots = fixture.Authority.Roots.Where(r => r.Kind is CertificateKind.Authentication).ToList();

        roots.Select(r => r.Generation).ShouldBe([1, 2, 3]);
        roots.Select(r => Convert.ToHexString(r.Certificate.SubjectName.RawData)).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        roots.Select(r => r.IssuerKey).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
    }

    [Fact]
    public void Only_the_first_generation_is_over() =>
        fixture.Authority.Roots.Where(r => r.Certificate.NotAfter < DateTime.Now).Select(r => r.Name).ShouldBe(["authentication-1", "signature-1"]);

    [Theory]
    [InlineData(CertificateKind.Authentication, X509KeyUsageFlags.DigitalSignature)]
    [InlineData(CertificateKind.Signature, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)]
    public void A_leaf_states_its_key_usage_critically(CertificateKind kind, X509KeyUsageFlags expected)
    {
        using var leaf = fixture.Authority.Issue(new LeafOrder(kind, "hanako", AuthorityFixture.Hanako));

        var usage = leaf.Certificate.Extensions.OfType<X509KeyUsageExtension>().Single();
        usage.Critical.ShouldBeTrue();
        usage.KeyUsages.ShouldBe(expected);
    }

    [Fact]
    public void A_leaf_chains_to_its_own_root_and_to_no_other_generation()
    {
        using var leaf = fixture.Authentication();

        Chains(leaf.Certificate, fixture.Authority.Root(CertificateKind.Authentication)).ShouldBeTrue();
        Chains(leaf.Certificate, fixture.Authority.Root(CertificateKind.Authentication, generation: 2)).ShouldBeFalse();
        Chains(leaf.Certificate, fixture.Authority.Root(CertificateKind.Signature)).ShouldBeFalse();
    }

    [Fact]
    public void The_policy_of_an_ordered_oid_is_the_policy_of_the_leaf()
    {
        using var leaf = fixture.Authority.Issue(new LeafOrder(CertificateKind.Authentication, "hanako") { PolicyOid = "1.2.3.4" });

        using var chain = ChainTo(fixture.Authority.Root(CertificateKind.Authentication));
        chain.ChainPolicy.CertificatePolicy.Add(new Oid("1.2.3.4"));
        chain.Build(leaf.Certificate).ShouldBeTrue();
        chain.ChainPolicy.CertificatePolicy.Add(new Oid(CertificateProfile.AuthenticationPolicy));
        chain.Build(leaf.Certificate).ShouldBeFalse();
    }

    [Fact]
    public void An_authentication_certificate_says_nothing_about_the_person()
    {
        using var leaf = fixture.Authority.Issue(new LeafOrder(CertificateKind.Authentication, "hanako", AuthorityFixture.Hanako));

        leaf.Certificate.Subject.ShouldMatch("^CN=99[A-Z0-9]{21}, C=JP$");
        leaf.Certificate.Extensions["2.5.29.17"].ShouldBeNull();
    }

    [Fact]
    public async Task Openssl_reads_the_four_attributes_and_the_names()
    {
        using var leaf = fixture.Signature();
        var file = Path.Combine(fixture.Folder, "leaf.pem");
        await File.WriteAllTextAsync(file, leaf.Certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);

        var text = await Openssl.RunAsync("x509", "-in", file, "-noout", "-text", "-nameopt", "utf8,sep_comma_plus", "-certopt", "ext_parse");
        text.ShouldContain("Subject: C=JP,L=緑県,L=さくら市,CN=99");
        text.ShouldContain("Issuer: C=JP,O=JPKI-TEST,OU=JPKI for digital signature,OU=Japan Agency for Local Authority Information Systems");
        text.ShouldContain("1.2.392.200149.8.5.1.0.20");
        text.ShouldContain("OCSP - URI:http://127.0.0.1:5101/ocsp/signature/3");
        text.ShouldContain("othername: 1.2.392.200149.8.5.5.6");
        Encoding.UTF8.GetString(leaf.Certificate.Extensions["2.5.29.17"]!.RawData).ShouldContain("319850412");
    }

    [Fact]
    public void The_next_card_holds_an_elliptic_key()
    {
        using var leaf = fixture.Authority.Issue(new LeafOrder(CertificateKind.Authentication, "next") { Key = LeafKey.EcP384 });

        using var key = leaf.Certificate.GetECDsaPrivateKey();
        key.ShouldNotBeNull().KeySize.ShouldBe(384);
        Chains(leaf.Certificate, leaf.Root).ShouldBeTrue();
    }

    [Fact]
    public void An_expired_leaf_can_be_ordered()
    {
        var yesterday = DateTimeOffset.UtcNow.AddDays(-1);
        using var leaf = fixture.Authority.Issue(new LeafOrder(CertificateKind.Authentication, "expired") { NotAfter = yesterday });

        leaf.Certificate.NotAfter.ToUniversalTime().ShouldBe(yesterday.UtcDateTime, TimeSpan.FromSeconds(1));
        leaf.Certificate.NotBefore.ShouldBeLessThan(leaf.Certificate.NotAfter);
    }

    [Fact]
    public async Task The_authority_of_a_folder_is_the_same_after_a_restart()
    {
        using var leaf = fixture.Authentication();
        fixture.Authority.Revoke(leaf.Serial, X509RevocationReason.KeyCompromise);

        var again = await IssuingAuthority.CreateAsync(fixture.Folder, "http://127.0.0.1:5101", TimeProvider.System, TestContext.Current.CancellationToken);

        again.Root(CertificateKind.Authentication).IssuerKey.ShouldBe(leaf.Root.IssuerKey);
        again.Find(again.Root(CertificateKind.Authentication), leaf.Serial)!.Reason.ShouldBe(X509RevocationReason.KeyCompromise);
    }

    [Fact]
    public void Private_keys_are_readable_by_their_owner_alone()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Unix file modes.");
        else File.GetUnixFileMode(Path.Combine(fixture.Folder, "authentication-3.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("1985-04-12", "319850412")]
    [InlineData("1989-01-07", "319890107")]
    [InlineData("1989-01-08", "419890108")]
    [InlineData("2019-05-01", "520190501")]
    [InlineData("1925-02-03", "219250203")]
    public void A_birth_date_carries_its_era(string date, string expected) =>
        (AuthorityFixture.Hanako with { BirthDate = DateOnly.Parse(date, CultureInfo.InvariantCulture) }).EncodedBirthDate.ShouldBe(expected);

    private static bool Chains(X509Certificate2 leaf, IssuingRoot root)
    {
        using var chain = ChainTo(root);
        return chain.Build(leaf);
    }

    private static X509Chain ChainTo(IssuingRoot root)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain;
    }
}
