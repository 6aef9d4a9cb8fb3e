using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.CertificateAuthority;

namespace MyPortal.Sandbox.Tests.CertificateAuthority;

/// <summary>openssl asks and verifies; our own code only answers.</summary>
public sealed class OcspResponderTests(AuthorityFixture fixture)
{
    [Theory]
    [InlineData("-sha1")]
    [InlineData("-sha256")]
    public async Task A_good_certificate_is_good_with_either_hash(string hash)
    {
        using var leaf = fixture.Authentication();

        var said = await AskAsync(leaf, hash);

        said.ShouldContain("Response verify OK");
        said.ShouldContain(": good");
        said.ShouldNotContain("no nonce in response");
    }

    [Theory]
    [InlineData(X509RevocationReason.CertificateHold, "certificateHold")]
    [InlineData(X509RevocationReason.AffiliationChanged, "affiliationChanged")]
    public async Task A_revoked_certificate_is_revoked_with_its_reason(X509RevocationReason reason, string expected)
    {
        using var leaf = fixture.Signature();
        fixture.Authority.Revoke(leaf.Serial, reason);

        var said = await AskAsync(leaf, "-sha256");

        said.ShouldContain("Response verify OK");
        said.ShouldContain(": revoked");
        said.ShouldContain($"Reason: {expected}");
    }

    [Fact]
    public async Task A_restored_certificate_is_good_again()
    {
        using var leaf = fixture.Authentication();
        fixture.Authority.Revoke(leaf.Serial, X509RevocationReason.CertificateHold);
        fixture.Authority.Restore(leaf.Serial);

        (await AskAsync(leaf, "-sha256")).ShouldContain(": good");
    }

    [Fact]
    public async Task Another_roots_certificate_is_unknown()
    {
        using var leaf = fixture.Authentication();

        var said = await AskAsync(leaf, "-sha256", responderOf: fixture.Authority.Root(CertificateKind.Authentication, generation: 2));

        said.ShouldNotContain(": good");
    }

    [Theory]
    [InlineData(nameof(OcspFault.OtherNonce), "Nonce Verify error")]
    [InlineData(nameof(OcspFault.NoNonce), "no nonce in response")]
    [InlineData(nameof(OcspFault.Stale), "Status times invalid")]
    [InlineData(nameof(OcspFault.BrokenSignature), "Response Verify Failure")]
    [InlineData(nameof(OcspFault.ForeignDelegate), "Response Verify Failure")]
    [InlineData(nameof(OcspFault.OtherSerial), "No Status found")]
    [InlineData(nameof(OcspFault.TryLater), "trylater")]
    public async Task A_faulty_answer_is_seen_as_faulty_by_an_outside_verifier(string fault, string complaint)
    {
        using var leaf = fixture.Authentication();

        (await AskAsync(leaf, "-sha256", Enum.Parse<OcspFault>(fault))).ShouldContain(complaint);
    }

    [Fact]
    public void Bytes_that_are_no_request_are_called_malformed() =>
        new OcspResponder(fixture.Authority, fixture.Authority.Roots[0], TimeProvider.System).Answer(new byte[] { 1, 2, 3 }).ShouldBe([0x30, 0x03, 0x0A, 0x01, 0x01]);

    private async Task<string> AskAsync(IssuedLeaf leaf, string hash, OcspFault fault = OcspFault.None, IssuingRoot? responderOf = null)
    {
        var folder = Directory.CreateTempSubdirectory("ocsp-").FullName;
        string At(string name) => Path.Combine(folder, name);
        await File.WriteAllTextAsync(At("leaf.pem"), leaf.Certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(At("root.pem"), leaf.Root.Certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);

        await using var server = await SmallServer.StartAsync(app => app.MapOcsp(fixture.Authority, TimeProvider.System, fault));
        var path = new Uri((responderOf ?? leaf.Root).OcspAddress).AbsolutePath;
        var said = await Openssl.RunAsync("ocsp", hash, "-issuer", At("root.pem"), "-cert", At("leaf.pem"), "-url", server.Address + path, "-CAfile", At("root.pem"));
        Directory.Delete(folder, recursive: true);
        return said;
    }
}
