using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Kernel;

namespace MyPortal.Certificates;

/// <summary>
/// The portal's own keys, each a file that only its owner can read (0600), outside the database. A key is made when it is first
/// asked for; who holds which key is listed in docs/architecture.md.
/// </summary>
internal sealed class KeyFolder
{
    private const int SecretLength = 32;
    private readonly string folder;
    private readonly RandomSource random;

    public KeyFolder(string folder, RandomSource random)
    {
        this.folder = folder;
        this.random = random;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>A symmetric key of 256 bits.</summary>
    public byte[] Secret(string name)
    {
        var secret = ReadOrMake(name + ".key", () => random.Bytes(SecretLength));
        return secret.Length == SecretLength
            ? secret
            : throw new InvalidOperationException($"The key file '{name}.key' holds {secret.Length} bytes instead of {SecretLength}.");
    }

    /// <summary>An ECDSA P-256 signing key.</summary>
    public ECDsa SigningKey(string name)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(
            ReadOrMake(name + ".p8", () =>
            {
                using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                return made.ExportPkcs8PrivateKey();
            }),
            out _);
        return key;
    }

    private byte[] ReadOrMake(string file, Func<byte[]> make)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            // Written beside and moved into place, so that two processes that start together end up with one key.
            var mine = Path.Combine(folder, $".{Convert.ToHexStringLower(random.Bytes(8))}.new");
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

            MoveUnlessThere(mine, path);
        }

        return File.ReadAllBytes(path);
    }

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

    private static byte[] Terminated(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

#pragma warning disable SYSLIB1054 // Generated marshalling would allow unsafe code in the whole portal.
    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] existing, byte[] created);
#pragma warning restore SYSLIB1054
}
