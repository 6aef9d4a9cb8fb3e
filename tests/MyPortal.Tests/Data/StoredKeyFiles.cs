using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MyPortal.Data;

namespace MyPortal.Tests.Data;

/// <summary>A key folder as an installation has it: made here, under the names that stand on the disks of all installations.</summary>
internal sealed class StoredKeyFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-stored-");

    public StoredKeyFiles()
    {
        PrivateFolder.Create(Folder);
        Keep("key-encryption.key", KeyEncryption);
        Keep("pepper.key", Pepper);
        foreach (var name in (string[])["recorder", "message", "statement", "receipt"])
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Keep(name + ".p8", key.ExportPkcs8PrivateKey());
            CheckValues[name + ".p8"] = SHA256.HashData(key.ExportSubjectPublicKeyInfo());
            if (name is "receipt")
            {
                using var certificate = new CertificateRequest("CN=receipts", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
                Keep("receipt.cer", certificate.RawData);
                CheckValues["receipt.cer"] = SHA256.HashData(certificate.RawData);
            }
        }

        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, KeyEncryption, 32, info: "myportal key check"u8.ToArray());
        CheckValues["key-encryption.key"] = HMACSHA256.HashData((ReadOnlySpan<byte>)derived, "key-encryption.key"u8);
    }

    public string Folder => Path.Combine(folder.FullName, "keys");

    public byte[] KeyEncryption { get; } = RandomNumberGenerator.GetBytes(32);

    public byte[] Pepper { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>By which a database knows its keys; without the one of the pepper, which therefore has to prove itself on a stored hash.</summary>
    public Dictionary<string, byte[]> CheckValues { get; } = new(StringComparer.Ordinal);

    public byte[] Hash(string domain, string value) => StoredSeal.KeyedHash(Pepper, domain, Encoding.ASCII.GetBytes(value));

    public void Dispose() => folder.Delete(recursive: true);

    private void Keep(string file, byte[] bytes)
    {
        var path = Path.Combine(Folder, file);
        File.WriteAllBytes(path, bytes);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
