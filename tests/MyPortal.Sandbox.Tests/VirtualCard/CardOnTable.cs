using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Storage;
using MyPortal.Sandbox.Tests.CertificateAuthority;
using MyPortal.Sandbox.VirtualCard;

namespace MyPortal.Sandbox.Tests.VirtualCard;

/// <summary>A fresh card in its own folder, and commands written as hex.</summary>
internal sealed class CardOnTable : IDisposable
{
    public const string SelectApp = "00A4040C0AD392F000260100000001";
    public const string Pin = "31323334";
    public const string Password = "48414E414B4F31393835";

    private readonly string folder = Directory.CreateTempSubdirectory("card-").FullName;

    public CardOnTable(AuthorityFixture fixture, bool withSignature = true, LeafKey key = LeafKey.Rsa2048)
    {
        var authentication = fixture.Authority.Issue(new LeafOrder(CertificateKind.Authentication, "hanako") { Key = key });
        Contents = new CardContents("hanako", authentication, withSignature ? fixture.Signature() : null, "1234", withSignature ? "HANAKO1985" : null);
        Applet = NewApplet();
    }

    public CardContents Contents { get; }

    public JpkiApplet Applet { get; private set; }

    /// <summary>As if the sandbox had been started again.</summary>
    public void Restart() => Applet = NewApplet();

    /// <summary>Answer as upper-case hex, status word last.</summary>
    public string Send(string hex) => Convert.ToHexString(Applet.Process(Convert.FromHexString(hex)));

    public string Select(string file) => Send("00A4020C02" + file);

    public string Verify(string secretHex) => Send($"00200080{secretHex.Length / 2:X2}{secretHex}");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private JpkiApplet NewApplet() => new(Contents, new DataFolder(folder));
}
