using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MyPortal.CardAgent.Transports;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Cards;

/// <summary>
/// The JPKI application (公的個人認証AP) of a My Number Card: its commands and status words. Short APDUs only.
/// </summary>
internal sealed class JpkiCard
{
    private const ushort Done = 0x9000;
    private const ushort NotFound = 0x6A82;
    private const ushort Locked = 0x6984;
    private const ushort WrongSecret = 0x63C0;
    private const ushort TokenInformation = 0x0006;
    private const int LongestRead = 256;
    private const int LongestCertificate = 4096;
    private readonly ICardSession _session;

    private JpkiCard(ICardSession session) => _session = session;

    private static ReadOnlySpan<byte> Application => [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];

    /// <summary>Selects the application, which also closes both keys.</summary>
    /// <returns>The card, or null when it is some other kind of card.</returns>
    public static JpkiCard? Open(ICardSession session)
    {
        var card = new JpkiCard(session);
        return card.Send([0x00, 0xA4, 0x04, 0x0C, (byte)Application.Length, .. Application], out _) == Done ? card : null;
    }

    /// <summary>
    /// Serial number from the token information (PKCS#11 layout: label 32, manufacturer 32, model 16, serial number 16). It tells
    /// cards in several readers apart and proves nothing.
    /// </summary>
    public string ReadId()
    {
        Select(TokenInformation);
        var information = ReadBinary(0, 96);
        if (information.Length < 96) throw new CardFaultException("The token information is too short.");
        return Encoding.ASCII.GetString(information.AsSpan(80, 16)).TrimEnd(' ', '\0');
    }

    /// <summary>Tries left before the key of this certificate locks; null when the card has no such certificate.</summary>
    public int? TriesLeft(CertificateKind kind)
    {
        var files = CardFiles.Of(kind);
        if (!Exists(files.Certificate) || !Exists(files.Key) || !Exists(files.Secret)) return null;

        var status = Send([0x00, 0x20, 0x00, 0x80], out _);
        return TriesOf(status) ?? throw new CardFaultException("VERIFY without data", status);
    }

    /// <summary>Presents PIN or password once. Whoever calls this after a wrong entry takes a try away from the person.</summary>
    public VerifyOutcome Verify(CertificateKind kind, ReadOnlySpan<byte> secret)
    {
        Select(CardFiles.Of(kind).Secret);
        var command = new byte[5 + secret.Length];
        try
        {
            command[1] = 0x20;
            command[3] = 0x80;
            command[4] = (byte)secret.Length;
            secret.CopyTo(command.AsSpan(5));
            var status = Send(command, out _);
            if (status == Done) return new VerifyOutcome(true, 0);
            return new VerifyOutcome(false, TriesOf(status) ?? throw new CardFaultException("VERIFY", status));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(command);
        }
    }

    /// <summary>Reads a certificate. The signature certificate can be read only after its password.</summary>
    public X509Certificate2 ReadCertificate(CertificateKind kind)
    {
        Select(CardFiles.Of(kind).Certificate);

        // The file is longer than the certificate and ends in filler: the DER length says where to stop.
        var head = ReadBinary(0, 4);
        if (head is not [0x30, 0x82, _, _]) throw new CardFaultException("The certificate file holds no certificate.");
        var length = 4 + BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2));
        if (length > LongestCertificate) throw new CardFaultException("The certificate is too long.");

        var der = new byte[length];
        for (var offset = 0; offset < length;)
        {
            var part = ReadBinary(offset, Math.Min(LongestRead, length - offset));
            if (part.Length == 0 || part.Length > length - offset) throw new CardFaultException("The certificate file ends early.");
            part.CopyTo(der, offset);
            offset += part.Length;
        }

        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException e)
        {
            throw new CardFaultException("The certificate cannot be read.", e);
        }
    }

    /// <summary>
    /// Signs with the key of this certificate, after its PIN. RSA: the card pads what it gets, here a DigestInfo, the form every
    /// generation of cards understands; it would pad anything, so this program is the only guard of what is signed.
    /// </summary>
    public byte[] Sign(CertificateKind kind, ReadOnlySpan<byte> input)
    {
        Select(CardFiles.Of(kind).Key);
        var status = Send([0x80, 0x2A, 0x00, 0x80, (byte)input.Length, .. input, 0x00], out var signature);
        return status == Done ? signature : throw new CardFaultException("SIGN", status);
    }

    private static int? TriesOf(ushort status) => status switch
    {
        Locked => 0,
        _ when (status & 0xFFF0) == WrongSecret => status & 0x000F,
        _ => null,
    };

    private void Select(ushort file)
    {
        if (!Exists(file)) throw new CardFaultException($"The card has no file {file:X4}.");
    }

    private bool Exists(ushort file)
    {
        var status = Send([0x00, 0xA4, 0x02, 0x0C, 0x02, (byte)(file >> 8), (byte)file], out _);
        return status switch
        {
            Done => true,
            NotFound => false,
            _ => throw new CardFaultException("SELECT", status),
        };
    }

    private byte[] ReadBinary(int offset, int count)
    {
        var status = Send([0x00, 0xB0, (byte)(offset >> 8), (byte)offset, (byte)count], out var data);
        return status == Done ? data : throw new CardFaultException("READ BINARY", status);
    }

    private ushort Send(ReadOnlySpan<byte> command, out byte[] data)
    {
        var answer = _session.Transmit(command);
        if (answer.Length < 2) throw new CardFaultException("The card's answer is too short.");
        data = answer[..^2];
        return BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(answer.Length - 2));
    }
}
