using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Data;
using MyPortal.Kernel;

namespace MyPortal.Certificates;

/// <summary>
/// The portal's own keys, each a file that only its owner can read (0600), outside the database. Asking for a key never makes one: a
/// folder that is not mounted would be filled with keys that open nothing. Who holds which key is listed in docs/architecture.md.
/// </summary>
internal sealed class KeyFolder(string folder, RandomSource random)
{
    private const int SecretLength = 32;

    public string Folder => folder;

    /// <summary>A symmetric key of 256 bits.</summary>
    /// <exception cref="InvalidOperationException">The file holds something else.</exception>
    public byte[] Secret(string name)
    {
        var secret = Read(name + ".key");
        return secret.Length == SecretLength
            ? secret
            : throw new InvalidOperationException($"The key file '{name}.key' holds {secret.Length} bytes instead of {SecretLength}.");
    }

    /// <summary>An ECDSA P-256 signing key.</summary>
    public ECDsa SigningKey(string name)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Read(name + ".p8"), out _);
        return key;
    }

    public bool Has(string file) => File.Exists(PathOf(file));

    public byte[] Read(string file) => File.ReadAllBytes(PathOf(file));

    /// <summary>Makes a symmetric key, unless it is there.</summary>
    public void MakeSecret(string name) => Keep(name + ".key", () => random.Bytes(SecretLength));

    /// <summary>Makes a signing key, unless it is there.</summary>
    public void MakeSigningKey(string name) => Keep(name + ".p8", () =>
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return made.ExportPkcs8PrivateKey();
    });

    /// <summary>Writes a file that only its owner can read, unless it is there; when this returns it is on the disk under its name.</summary>
    public void Keep(string file, Func<byte[]> make)
    {
        PrivateFolder.Create(folder);
        if (Has(file))
        {
            return;
        }

        // Written beside and moved into place, so that two processes that start together end up with one key.
        var mine = PathOf($".{Convert.ToHexStringLower(random.Bytes(8))}.new");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(mine, options))
        {
            stream.Write(make());
            stream.Flush(flushToDisk: true);
        }

        MoveUnlessThere(mine, PathOf(file));
        FlushNames();
    }

    /// <summary>Removes a file that is no key.</summary>
    public void Forget(string file)
    {
        if (Has(file))
        {
            File.Delete(PathOf(file));
            FlushNames();
        }
    }

    /// <summary>What others than the owner may do with the folder or one of the files; null when nothing.</summary>
    public string? ExposedOrNull(IEnumerable<string> files)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder))
        {
            return null;
        }

        return (File.GetUnixFileMode(folder) & PrivateFolder.Others) is not UnixFileMode.None
            ? $"Others than its owner may enter the key folder '{folder}'; make it private with chmod 700, and take it for known if somebody else was on this machine."
            : files.Where(file => Has(file) && (File.GetUnixFileMode(PathOf(file)) & PrivateFolder.Others) is not UnixFileMode.None)
                .Select(file => $"Others than its owner may read the key file '{PathOf(file)}'; make it private with chmod 600, and take it for known if somebody else was on this machine.")
                .FirstOrDefault();
    }

    private string PathOf(string file) => Path.Combine(folder, file);

    private static void MoveUnlessThere(string mine, string path)
    {
        // On Unix File.Move looks and then renames: two that look at the same moment would both succeed, and the second key replace the
        // first, under which data is sealed already. Making a link fails for the second.
        if (!OperatingSystem.IsWindows())
        {
            if (Link(Terminated(mine), Terminated(path)) is not 0 && !File.Exists(path))
            {
                throw new IOException($"The key file '{Path.GetFileName(path)}' cannot be made (error {Marshal.GetLastPInvokeError()}).");
            }

            File.Delete(mine);
            return;
        }

        try
        {
            File.Move(mine, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(mine);
        }
    }

    // A file whose name is lost with the power is a key that is lost; the framework flushes files, not folders.
    private void FlushNames()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var one in (string?[])[folder, Path.GetDirectoryName(folder)])
        {
            if (one is not null && Open(Terminated(one), flags: 0) is >= 0 and var handle)
            {
                _ = Flush(handle);
                _ = Close(handle);
            }
        }
    }

    private static byte[] Terminated(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

#pragma warning disable SYSLIB1054 // Generated marshalling would allow unsafe code in the whole portal.
    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] existing, byte[] created);

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
#pragma warning restore SYSLIB1054
}
