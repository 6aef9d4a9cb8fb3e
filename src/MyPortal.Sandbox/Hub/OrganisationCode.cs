using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Sandbox.Organisations;

namespace MyPortal.Sandbox.Hub;

/// <summary>
/// The form of organisation codes (docs/hub-protocol.md section 6): one AES-256 block under a key of the organisation, so that the
/// codes of one person at two organisations have nothing in common.
/// </summary>
/// <param name="Generation">Counts how often this person's code at this organisation was issued anew.</param>
/// <param name="IdCode">64 random bits that stand for the person.</param>
internal readonly record struct OrganisationCode(byte Generation, ulong IdCode)
{
    private const byte PersonCode = 1;
    private const int BlockLength = 16;
    private const int TextLength = 26;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static byte[] KeyOf(byte[] master, string organisation, uint epoch) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, salt: [], info: [.. "MYP-CODE/1"u8, .. LengthPrefixed.Of(organisation), .. LengthPrefixed.Number(epoch)]);

    public string Write(byte[] key)
    {
        var block = new byte[BlockLength];
        block[0] = PersonCode;
        block[1] = Generation;
        BinaryPrimitives.WriteUInt64BigEndian(block.AsSpan(8), IdCode);
        using var aes = Aes.Create();
        aes.Key = key;
        return Letters(aes.EncryptEcb(block, PaddingMode.None));
    }

    /// <summary>Null unless it is the one spelling of a code that this key could have made.</summary>
    public static OrganisationCode? Read(byte[] key, string text)
    {
        if (Bytes(text) is not { } encrypted) return null;
        using var aes = Aes.Create();
        aes.Key = key;
        var block = aes.DecryptEcb(encrypted, PaddingMode.None);
        return block[0] is PersonCode && block.AsSpan(2, 6).IndexOfAnyExcept((byte)0) < 0
            ? new OrganisationCode(block[1], BinaryPrimitives.ReadUInt64BigEndian(block.AsSpan(8)))
            : null;
    }

    private static string Letters(byte[] bytes)
    {
        var number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        var text = new StringBuilder(TextLength);
        for (var i = TextLength - 1; i >= 0; i--) text.Append(Alphabet[(int)((number >> (5 * i)) & 31)]);
        return text.ToString();
    }

    private static byte[]? Bytes(string text)
    {
        if (text.Length is not TextLength) return null;
        var number = UInt128.Zero;
        foreach (var letter in text)
        {
            var value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) return null;
            number = (number << 5) | (uint)value;
        }
        // 26 letters hold 130 bits; the two in front are lost in the shift, so a set one would be a second spelling.
        if (Alphabet.IndexOf(text[0], StringComparison.Ordinal) > 7) return null;
        var bytes = new byte[BlockLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return bytes;
    }
}
