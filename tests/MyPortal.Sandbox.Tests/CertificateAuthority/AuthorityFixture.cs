using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Tests.CertificateAuthority;

[assembly: AssemblyFixture(typeof(AuthorityFixture))]

namespace MyPortal.Sandbox.Tests.CertificateAuthority;

/// <summary>One authority for the whole test run, because six roots take seconds to make.</summary>
public sealed class AuthorityFixture : IAsyncLifetime
{
    internal static readonly FourAttributes Hanako = new("山田　花子", new DateOnly(1985, 4, 12), 2, "緑県さくら市桜町一丁目2番3号", "緑県", "さくら市");

    internal string Folder { get; } = Directory.CreateTempSubdirectory("authority-").FullName;

    internal IssuingAuthority Authority { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Authority = await IssuingAuthority.CreateAsync(Folder, "http://127.0.0.1:5101", TimeProvider.System, CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal IssuedLeaf Authentication(string holder = "hanako") => Authority.Issue(new LeafOrder(CertificateKind.Authentication, holder));

    internal IssuedLeaf Signature(string holder = "hanako") => Authority.Issue(new LeafOrder(CertificateKind.Signature, holder, Hanako));
}
