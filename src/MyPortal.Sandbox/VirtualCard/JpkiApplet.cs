using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.VirtualCard;

/// <summary>
/// The JPKI applet of one card as far as a login needs it: SELECT, READ BINARY, VERIFY, SIGN. Commands come one at a time; the
/// card is not thread-safe, as a card is not.
/// </summary>
internal sealed class JpkiApplet(CardContents contents, DataFolder folder)
{
    private const byte Select = 0xA4;
    private const byte ReadBinary = 0xB0;
    private const byte VerifySecret = 0x20;
    private const byte PerformSecurityOperation = 0x2A;
    private const byte CurrentFile = 0x80;

    private static readonly byte[] ApplicationId = [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
    private static readonly byte[] Sha256DigestInfo =
        [0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];

    private bool isSelected;
    private ushort file;

    public CardContents Contents => contents;

    public CardSecret Pin { get; } = new(contents.Pin, CardSecret.AuthenticationTries, folder, "authentication-tries");

    public CardSecret SignaturePassword { get; } = new(contents.SignaturePassword, CardSecret.SignatureTries, folder, "signature-tries");

    /// <summary>Power off, reset or another selection: nothing verified survives.</summary>
    public void Reset()
    {
        isSelected = false;
        file = 0;
        Pin.Forget();
        SignaturePassword.Forget();
    }

    /// <summary>Answers one command APDU with data and status word.</summary>
    public byte[] Process(ReadOnlyMemory<byte> command)
    {
        if (CommandApdu.Parse(command) is not { } apdu) return Answer(StatusWord.WrongLength);
        return (apdu.Class, apdu.Instruction) switch
        {
            (0x00, Select) => Answer(SelectFile(apdu)),
            (0x00 or 0x80, _) when !isSelected => Answer(StatusWord.ConditionsNotMet),
            (0x00, ReadBinary) => ReadFile(apdu),
            (0x00, VerifySecret) => Answer(Verify(apdu)),
            (0x80, PerformSecurityOperation) => Sign(apdu),
            (0x00 or 0x80, _) => Answer(StatusWord.UnknownInstruction),
            _ => Answer(StatusWord.UnknownClass),
        };
    }

    private static byte[] Answer(ushort status) => Answer(status, []);

    private static byte[] Answer(ushort status, ReadOnlySpan<byte> data)
    {
        var answer = new byte[data.Length + 2];
        data.CopyTo(answer);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(data.Length), status);
        return answer;
    }

    private ushort SelectFile(CommandApdu apdu)
    {
        if (apdu.P1 == 0x04)
        {
            if (!apdu.Data.Span.SequenceEqual(ApplicationId)) return StatusWord.NotFound;
            Reset();
            isSelected = true;
            return StatusWord.Success;
        }
        if (apdu.P1 != 0x02 || !isSelected || apdu.Data.Length != 2) return StatusWord.NotFound;

        var wanted = BinaryPrimitives.ReadUInt16BigEndian(apdu.Data.Span);
        if (!Exists(wanted)) return StatusWord.NotFound;
        file = wanted;
        return StatusWord.Success;
    }

    private bool Exists(ushort wanted) => wanted switch
    {
        CardFile.AuthenticationKey or CardFile.AuthenticationPin => true,
        CardFile.SignatureKey or CardFile.SignaturePin => contents.Signature is not null,
        _ => contents.Read(wanted) is not null,
    };

    private byte[] ReadFile(CommandApdu apdu)
    {
        // The signature certificate shows name and address, so even reading it takes the password.
        if (file == CardFile.SignatureCertificate && !SignaturePassword.IsVerified) return Answer(StatusWord.NotVerified);
        if (contents.Read(file) is not { } data) return Answer(StatusWord.ConditionsNotMet);

        var offset = (apdu.P1 << 8) | apdu.P2;
        return offset >= data.Length
            ? Answer(StatusWord.WrongOffset)
            : Answer(StatusWord.Success, data.AsSpan(offset, Math.Min(apdu.Expected, data.Length - offset)));
    }

    private ushort Verify(CommandApdu apdu)
    {
        var secret = Named(apdu.P2) switch
        {
            CardFile.AuthenticationPin => Pin,
            CardFile.SignaturePin when contents.Signature is not null => SignaturePassword,
            _ => null,
        };
        if (apdu.P1 != 0 || secret is null) return StatusWord.WrongParameters;
        return apdu.Data.IsEmpty ? StatusWord.TriesLeft(secret.TriesLeft) : secret.Verify(apdu.Data.Span);
    }

    private byte[] Sign(CommandApdu apdu)
    {
        var (secret, leaf) = Named(apdu.P2) switch
        {
            CardFile.AuthenticationKey => (Pin, contents.Authentication),
            CardFile.SignatureKey when contents.Signature is not null => (SignaturePassword, contents.Signature),
            _ => (null, null),
        };
        if (secret is null || leaf is null) return Answer(StatusWord.WrongParameters);
        if (!secret.IsVerified) return Answer(StatusWord.NotVerified);
        return leaf.Certificate.GetECDsaPrivateKey() is { } ecKey ? SignElliptic(ecKey, apdu) : SignRsa(leaf, apdu);
    }

    private static byte[] SignRsa(IssuedLeaf leaf, CommandApdu apdu)
    {
        var input = apdu.Data.Span;
        switch (apdu.P1)
        {
            case 0x00 when input.Length == Sha256DigestInfo.Length + SHA256.HashSizeInBytes && input.StartsWith(Sha256DigestInfo):
                input = input[Sha256DigestInfo.Length..];
                break;
            case 0x02 when input.Length == SHA256.HashSizeInBytes:
                break;
            case 0x00 or 0x02:
                return Answer(StatusWord.WrongData);
            default:
                return Answer(StatusWord.WrongParameters);
        }
        using var key = leaf.Certificate.GetRSAPrivateKey()!;
        return Answer(StatusWord.Success, key.SignHash(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>Our own definition for the announced card, whose commands are not public: the plain SHA-384 in, r ‖ s out.</summary>
    private static byte[] SignElliptic(ECDsa key, CommandApdu apdu)
    {
        using (key)
        {
            if (apdu.P1 != 0x00) return Answer(StatusWord.WrongParameters);
            return apdu.Data.Length == SHA384.HashSizeInBytes ? Answer(StatusWord.Success, key.SignHash(apdu.Data.Span)) : Answer(StatusWord.WrongData);
        }
    }

    /// <summary>P2 80 means the file selected before, otherwise it carries the short file identifier.</summary>
    private ushort Named(byte p2) => p2 == CurrentFile ? file : (ushort)(p2 & ~CurrentFile);
}
