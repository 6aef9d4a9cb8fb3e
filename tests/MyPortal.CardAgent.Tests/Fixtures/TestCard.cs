using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MyPortal.CardAgent.Tests.Fixtures;

/// <summary>A small JPKI card of the tests' own, so that agent and sandbox do not share one misunderstanding.</summary>
internal sealed class TestCard : IDisposable
{
    private static readonly byte[] Sha256Prefix = Convert.FromHexString("3031300D060960864801650304020105000420");
    private readonly Socket _line = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Dictionary<ushort, byte[]> _files = [];
    private readonly HashSet<ushort> _open = [];
    private ushort _selected;

    public TestCard(string id, bool elliptic = false, bool withSignature = true)
    {
        Id = id;
        Authentication = elliptic ? TestKeys.EllipticAuthentication : TestKeys.Authentication;
        var information = Encoding.ASCII.GetBytes("JPKIAPICCTOKEN2".PadRight(80) + id.PadRight(16)).Concat(new byte[64]).ToArray();
        _files[0x0006] = information;
        _files[0x000A] = [.. Authentication.RawData, .. new byte[300]];
        _files[0x0017] = [];
        _files[0x0018] = [];
        if (!withSignature) return;
        _files[0x0001] = [.. TestKeys.Signature.RawData, .. new byte[300]];
        _files[0x001A] = [];
        _files[0x001B] = [];
    }

    public string Id { get; }

    public string Pin { get; init; } = "1234";

    public string Password { get; init; } = "ABC123";

    public int PinTries { get; set; } = 3;

    public int PasswordTries { get; set; } = 5;

    public X509Certificate2 Authentication { get; }

    /// <summary>Every PIN and password presented, in order.</summary>
    public List<string> Presented { get; } = [];

    public List<byte[]> Signed { get; } = [];

    public int Resets { get; private set; }

    /// <summary>The card is pulled away right after this instruction byte arrives.</summary>
    public byte? PullAt { get; set; }

    /// <summary>Answers SIGN with this status instead.</summary>
    public ushort? SignStatus { get; set; }

    public void PutDown(int port)
    {
        _line.Connect(IPAddress.Loopback, port);
        _ = Task.Run(Serve);
    }

    public void Dispose() => _line.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                var body = Receive(BinaryPrimitives.ReadUInt16BigEndian(Receive(2)));
                if (body is [4]) Send(Convert.FromHexString("3BE000FF8131FE4514"));
                else if (body.Length == 1) Reset(body[0]);
                else if (body[1] == PullAt) _line.Dispose();
                else Send(Answer(body));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or EndOfStreamException)
        {
            // The card was taken away.
        }
    }

    private void Reset(byte control)
    {
        _open.Clear();
        if (control == 2) Resets++;
    }

    private byte[] Answer(byte[] command) => (command[0], command[1], command[2]) switch
    {
        (0x00, 0xA4, 0x04) => SelectApplication(command),
        (0x00, 0xA4, 0x02) => SelectFile(BinaryPrimitives.ReadUInt16BigEndian(command.AsSpan(5))),
        (0x00, 0xB0, _) => ReadBinary((command[2] << 8) | command[3], command[4] == 0 ? 256 : command[4]),
        (0x00, 0x20, _) => Verify(command.Length > 5 ? Encoding.ASCII.GetString(command, 5, command[4]) : null),
        (0x80, 0x2A, 0x00) => Sign(command.AsSpan(5, command[4])),
        _ => Status(0x6D00),
    };

    private byte[] SelectApplication(byte[] command)
    {
        _open.Clear();
        return Status(command.AsSpan(5, 10).SequenceEqual(Convert.FromHexString("D392F000260100000001")) ? (ushort)0x9000 : (ushort)0x6A82);
    }

    private byte[] SelectFile(ushort file)
    {
        if (!_files.ContainsKey(file)) return Status(0x6A82);
        _selected = file;
        return Status(0x9000);
    }

    private byte[] ReadBinary(int offset, int count)
    {
        if (_selected == 0x0001 && !_open.Contains(0x001A)) return Status(0x6982);
        var file = _files[_selected];
        return [.. file.AsSpan(offset, Math.Min(count, file.Length - offset)), 0x90, 0x00];
    }

    private byte[] Verify(string? entry)
    {
        var isPin = _selected == 0x0018;
        var left = isPin ? PinTries : PasswordTries;
        if (entry is null) return Status((ushort)(0x63C0 | left));

        Presented.Add(entry);
        if (left == 0) return Status(0x6984);
        if (entry == (isPin ? Pin : Password))
        {
            _open.Add(isPin ? (ushort)0x0017 : (ushort)0x001A);
            return Status(0x9000);
        }

        left--;
        if (isPin) PinTries = left;
        else PasswordTries = left;
        return Status((ushort)(0x63C0 | left));
    }

    private byte[] Sign(ReadOnlySpan<byte> input)
    {
        if (SignStatus is { } status) return Status(status);
        if (!_open.Contains(_selected)) return Status(0x6982);

        Signed.Add(input.ToArray());
        var certificate = _selected == 0x0017 ? Authentication : TestKeys.Signature;
        using var ecdsa = certificate.GetECDsaPrivateKey();
        if (ecdsa is not null) return [.. ecdsa.SignHash(input), 0x90, 0x00];

        if (!input.StartsWith(Sha256Prefix)) return Status(0x6A80);
        using var rsa = certificate.GetRSAPrivateKey()!;
        return [.. rsa.SignHash(input[Sha256Prefix.Length..], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), 0x90, 0x00];
    }

    private static byte[] Status(ushort status) => [(byte)(status >> 8), (byte)status];

    private void Send(byte[] body) => _line.Send([(byte)(body.Length >> 8), (byte)body.Length, .. body]);

    private byte[] Receive(int count)
    {
        var buffer = new byte[count];
        for (var got = 0; got < count;)
        {
            var read = _line.Receive(buffer.AsSpan(got));
            if (read == 0) throw new EndOfStreamException();
            got += read;
        }

        return buffer;
    }
}

/// <summary>Certificates of the test cards: self-signed, since the agent judges no chain.</summary>
internal static class TestKeys
{
    public static X509Certificate2 Authentication { get; } = OfRsa("CN=authentication");

    public static X509Certificate2 Signature { get; } = OfRsa("CN=signature");

    public static X509Certificate2 EllipticAuthentication { get; } = OfElliptic("CN=elliptic");

    private static X509Certificate2 OfRsa(string name)
    {
        using var key = RSA.Create(2048);
        return Issue(new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static X509Certificate2 OfElliptic(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        return Issue(new CertificateRequest(name, key, HashAlgorithmName.SHA384));
    }

    private static X509Certificate2 Issue(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        return request.CreateSelfSigned(TestClock.Start.AddYears(-1), TestClock.Start.AddYears(4));
    }
}
