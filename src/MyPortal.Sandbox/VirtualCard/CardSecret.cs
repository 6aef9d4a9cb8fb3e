using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.VirtualCard;

/// <summary>
/// A PIN with its counter. The counter is written down before the card answers, so that pulling the plug gains no tries.
/// </summary>
internal sealed class CardSecret
{
    /// <summary>Misses in a row that lock the user-authentication PIN.</summary>
    public const int AuthenticationTries = 3;

    /// <summary>Misses in a row that lock the signature password.</summary>
    public const int SignatureTries = 5;

    private readonly byte[] secret;
    private readonly int fullTries;
    private readonly DataFolder folder;
    private readonly string fileName;

    /// <summary>Reads the counter where it was left.</summary>
    /// <param name="secret">The PIN or password; null when the card has no such key, then it is always locked.</param>
    /// <param name="fullTries">Tries after a right entry.</param>
    /// <param name="folder">The card's folder.</param>
    /// <param name="fileName">Where the counter is kept.</param>
    public CardSecret(string? secret, int fullTries, DataFolder folder, string fileName)
    {
        (this.secret, this.fullTries, this.folder, this.fileName) = (Encoding.ASCII.GetBytes(secret ?? ""), fullTries, folder, fileName);
        if (secret is null) TriesLeft = 0;
        else TriesLeft = folder.ReadOrNull(fileName) is { } stored ? int.Parse(stored, CultureInfo.InvariantCulture) : fullTries;
    }

    public int TriesLeft { get; private set; }

    /// <summary>True after a right entry since the last reset or selection of the applet.</summary>
    public bool IsVerified { get; private set; }

    public ushort Verify(ReadOnlySpan<byte> entry)
    {
        IsVerified = false;
        if (TriesLeft == 0) return StatusWord.Locked;

        SetTries(TriesLeft - 1);
        if (!CryptographicOperations.FixedTimeEquals(entry, secret)) return StatusWord.TriesLeft(TriesLeft);

        SetTries(fullTries);
        IsVerified = true;
        return StatusWord.Success;
    }

    public void Forget() => IsVerified = false;

    /// <summary>What the municipal counter does with a locked card, or a test with a fresh one.</summary>
    public void SetTries(int tries)
    {
        TriesLeft = tries;
        folder.Write(fileName, tries.ToString(CultureInfo.InvariantCulture));
    }
}
