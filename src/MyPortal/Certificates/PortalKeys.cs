using System.Security.Cryptography;
using System.Text;

namespace MyPortal.Certificates;

/// <summary>Which keys a portal has: their files, how each is made, and the value by which it is known again.</summary>
internal sealed class PortalKeys(KeyFolder folder, ReceiptSigner receipts)
{
    /// <summary>A first start that was killed leaves this file: the keys beside it were never used.</summary>
    private const string FirstStart = ".first-start";

    /// <summary>In the order in which they are made.</summary>
    public static IReadOnlyList<string> Files { get; } =
        ["key-encryption.key", "pepper.key", "recorder.p8", "message.p8", "statement.p8", ReceiptSigner.KeyName + ".p8", ReceiptSigner.KeyName + ".cer"];

    public string Folder => folder.Folder;

    /// <summary>Keys that are there and may have been used.</summary>
    public IReadOnlyList<string> Used => folder.Has(FirstStart) ? [] : [.. Files.Where(folder.Has)];

    public bool Has(string file) => folder.Has(file);

    /// <summary>A fault of the folder as a sentence; null when there is none.</summary>
    public string? ExposedOrNull() => folder.ExposedOrNull(Files);

    /// <summary>Makes one that is not there.</summary>
    public void Make(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        switch (Path.GetExtension(file))
        {
            case ".key":
                folder.MakeSecret(name);
                break;
            case ".p8":
                folder.MakeSigningKey(name);
                break;
            default:
                folder.Keep(file, receipts.MakeCertificate);
                break;
        }
    }

    /// <summary>Says that the keys made from now on are those of a first start, until <see cref="EndFirstStart"/>.</summary>
    public void BeginFirstStart() => folder.Keep(FirstStart, () => []);

    public void EndFirstStart() => folder.Forget(FirstStart);

    /// <summary>
    /// A value by which a key is known again and that tells nothing about it: of a signing key and of a certificate the SHA-256 of what is
    /// public, of a secret (256 random bits, so that no guess can be tried) an HMAC under a key that is derived for nothing else.
    /// </summary>
    /// <exception cref="InvalidOperationException">The file does not hold what its name says.</exception>
    /// <exception cref="CryptographicException">The file does not hold what its name says.</exception>
    public byte[] CheckValueOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        switch (Path.GetExtension(file))
        {
            case ".key":
                var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, folder.Secret(name), 32, info: "myportal key check"u8.ToArray());
                return HMACSHA256.HashData(derived, Encoding.UTF8.GetBytes(file));
            case ".p8":
                using (var key = folder.SigningKey(name))
                {
                    return SHA256.HashData(key.ExportSubjectPublicKeyInfo());
                }

            default:
                return SHA256.HashData(folder.Read(file));
        }
    }
}
