using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace MyPortal.CardAgent.AgentKey;

/// <summary>
/// What makes this installation recognisable: its own key, which the portal remembers, and its phrase, which the person remembers.
/// Both are made at first start and kept in the data folder, readable by their owner only.
/// </summary>
internal sealed class Installation : IDisposable
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int WordsInPhrase = 3;

    public Installation(IOptions<AgentOptions> options, IHostEnvironment environment, RandomSource random)
    {
        var folder = Path.GetFullPath(options.Value.Data, environment.ContentRootPath);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerFolder);

        Key = ECDsa.Create();
        Key.ImportFromPem(ReadOrMake(Path.Combine(folder, "agent-key.pem"), MakeKey));
        Phrase = options.Value.Phrase ?? ReadOrMake(Path.Combine(folder, "phrase.txt"), () => MakePhrase(random)).Trim();
    }

    /// <summary>ECDSA P-256.</summary>
    public ECDsa Key { get; }

    /// <summary>Shown beside the PIN field; a forged page cannot know it.</summary>
    public string Phrase { get; }

    public void Dispose() => Key.Dispose();

    private static string MakeKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string MakePhrase(RandomSource random)
    {
        using var words = new StreamReader(typeof(Installation).Assembly.GetManifestResourceStream("phrase-words.txt")!, Encoding.UTF8);
        var list = words.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('・', Enumerable.Range(0, WordsInPhrase).Select(_ => random.Pick(list)));
    }

    // A half-written key must never be found: the file gets its name only when it is complete. Where two first starts meet, the first
    // name stands and both use it.
    private static string ReadOrMake(string path, Func<string> make)
    {
        if (File.Exists(path)) return File.ReadAllText(path);

        var half = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        using (var writer = new StreamWriter(half, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options)) writer.Write(make());
        try
        {
            File.Move(half, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(half);
        }

        return File.ReadAllText(path);
    }
}
