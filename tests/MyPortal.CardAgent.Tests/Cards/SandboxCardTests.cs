using System.Net;
using System.Security.Cryptography.Pkcs;
using MyPortal.CardAgent.Tests.Fixtures;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Storage;
using MyPortal.Sandbox.VirtualCard;

namespace MyPortal.CardAgent.Tests.Cards;

/// <summary>The agent with the sandbox's own virtual card, which somebody else wrote.</summary>
public sealed class SandboxCardTests(SandboxAuthority authority) : TransactionFixture, IClassFixture<SandboxAuthority>
{
    private static readonly FourAttributes Person = new("見本　花子", new DateOnly(1980, 4, 1), 2, "さくら市中央1-2-3", "Sakura-ken", "Sakura-shi");

    [Theory]
    [InlineData(LeafKey.Rsa2048, "2.16.840.1.101.3.4.2.1")]
    [InlineData(LeafKey.EcP384, "2.16.840.1.101.3.4.2.2")]
    internal async Task Both_keys_of_a_sandbox_card_sign(LeafKey key, string digest)
    {
        Portal.Documents = [FakePortal.Bytes(Portal.Enrolment())];
        using var authentication = authority.Issue(new LeafOrder(CertificateKind.Authentication, "hanako") { Key = key });
        using var signature = authority.Issue(new LeafOrder(CertificateKind.Signature, "hanako", Person) { Key = key });
        var applet = new JpkiApplet(new CardContents("sakura-hanako", authentication, signature, "1234", "ABC123"), authority.NewFolder(key.ToString()));
        using var removed = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var inReader = new CardInReader(applet, new IPEndPoint(IPAddress.Loopback, Agent.CardPort), TimeProvider.System).RunAsync(removed.Token);
        await Agent.UntilPresentAsync("sakura-hanako");

        var done = await Agent.PostAsync(await EnterAsync(), ("pin", "1234"), ("password", "abc123"));

        done.Status.ShouldBe(HttpStatusCode.OK);
        foreach (var made in Portal.Responses.Single().Signatures)
        {
            var cms = new SignedCms();
            cms.Decode(made.Cms);
            cms.CheckSignature(verifySignatureOnly: true);
            cms.SignerInfos[0].DigestAlgorithm.Value.ShouldBe(digest);
            cms.Certificates.Single().RawData.ShouldBe((made.Certificate == CertificateKind.Authentication ? authentication : signature).Certificate.RawData);
        }

        await removed.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(inReader);
    }
}

/// <summary>One issuing authority for all cards: making its roots takes seconds.</summary>
public sealed class SandboxAuthority : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sandbox-authority");
    private IssuingAuthority? _authority;

    public async ValueTask InitializeAsync() =>
        _authority = await IssuingAuthority.CreateAsync(Path.Combine(_folder.FullName, "authority"), "http://127.0.0.1:1", TimeProvider.System, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    internal IssuedLeaf Issue(LeafOrder order) => _authority!.Issue(order);

    internal DataFolder NewFolder(string name) => new(Path.Combine(_folder.FullName, name));
}
