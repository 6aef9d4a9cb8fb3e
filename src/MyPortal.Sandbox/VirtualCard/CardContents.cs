using System.Text;
using MyPortal.Sandbox.CertificateAuthority;

namespace MyPortal.Sandbox.VirtualCard;

/// <summary>What the municipality wrote on a card.</summary>
/// <param name="Id">Short name of the card, at most 16 ASCII characters; its token serial number.</param>
/// <param name="Authentication">User-authentication certificate and key.</param>
/// <param name="Signature">Signature certificate and key; null for children and wards.</param>
/// <param name="Pin">4 digits.</param>
/// <param name="SignaturePassword">6 to 16 of A-Z and 0-9.</param>
internal sealed record CardContents(string Id, IssuedLeaf Authentication, IssuedLeaf? Signature, string Pin, string? SignaturePassword)
{
    private const int FillerBlock = 256;
    private const int TokenInfoLength = 160;

    /// <summary>The readable files, or null when the card has none with that identifier.</summary>
    public byte[]? Read(ushort file) => file switch
    {
        CardFile.SignatureCertificate => Fill(Signature?.Certificate.RawData),
        CardFile.SignatureAuthority => Fill(Signature?.Root.Certificate.RawData),
        CardFile.AuthenticationCertificate => Fill(Authentication.Certificate.RawData),
        CardFile.AuthenticationAuthority => Fill(Authentication.Root.Certificate.RawData),
        CardFile.TokenInfo => TokenInfo(),
        CardFile.Presence => [0x8F, (byte)(Signature is null ? 0x00 : 0x8F), 0x00],
        _ => null,
    };

    /// <summary>A real file is longer than its certificate: readers must take the length from the DER.</summary>
    private static byte[]? Fill(byte[]? der)
    {
        if (der is null) return null;
        var file = new byte[((der.Length / FillerBlock) + 1) * FillerBlock];
        file.AsSpan().Fill(0xFF);
        der.CopyTo(file, 0);
        return file;
    }

    /// <summary>CK_TOKEN_INFO of PKCS#11 with 4-byte numbers: label 32, manufacturer 32, model 16, serial number 16, the rest zero.</summary>
    private byte[] TokenInfo()
    {
        var info = new byte[TokenInfoLength];
        var text = "JPKIAPICCTOKEN2".PadRight(32) + "MyPortal Sandbox".PadRight(32) + "Virtual card".PadRight(16) + Id.PadRight(16);
        Encoding.ASCII.GetBytes(text, info);
        return info;
    }
}

/// <summary>Elementary files of the JPKI applet.</summary>
internal static class CardFile
{
    public const ushort SignatureCertificate = 0x0001;
    public const ushort SignatureAuthority = 0x0002;
    public const ushort TokenInfo = 0x0006;
    public const ushort Presence = 0x0008;
    public const ushort AuthenticationCertificate = 0x000A;
    public const ushort AuthenticationAuthority = 0x000B;
    public const ushort AuthenticationKey = 0x0017;
    public const ushort AuthenticationPin = 0x0018;
    public const ushort SignatureKey = 0x001A;
    public const ushort SignaturePin = 0x001B;
}
