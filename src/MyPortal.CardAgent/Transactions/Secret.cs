using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Transactions;

/// <summary>A typed PIN or password as the card wants it, in a buffer that is zeroed afterwards and never a string.</summary>
internal sealed class Secret : IDisposable
{
    private const int Longest = 16;
    private readonly byte[] _bytes = new byte[Longest];
    private int _length;
    private bool _isUnusable;

    private Secret()
    {
    }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public bool IsEmpty => _length == 0 && !_isUnusable;

    /// <summary>Takes half-width and full-width characters, drops spaces and hyphens, raises letters: passwords on cards have only capitals.</summary>
    public static Secret Read(ReadOnlySpan<byte> utf8)
    {
        const int FullWidthOffset = 0xFEE0;
        var secret = new Secret();
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var consumed);
            utf8 = utf8[consumed..];
            var character = rune.Value is >= 0xFF01 and <= 0xFF5E ? rune.Value - FullWidthOffset : rune.Value;
            if (character is ' ' or 0x3000 or '-') continue;
            if (character is >= 'a' and <= 'z') character -= 'a' - 'A';
            secret.Append(character);
        }

        return secret;
    }

    /// <summary>Whether it has the form the card demands, so that a typing slip costs no try: 4 digits, or 6 to 16 capitals and digits.</summary>
    public bool Fits(CertificateKind kind)
    {
        if (_isUnusable) return false;
        return kind == CertificateKind.Authentication
            ? _length == 4 && !Bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            : _length >= 6;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    private void Append(int character)
    {
        var isAllowed = character is (>= '0' and <= '9') or (>= 'A' and <= 'Z');
        if (!isAllowed || _length == Longest) _isUnusable = true;
        else _bytes[_length++] = (byte)character;
    }
}
