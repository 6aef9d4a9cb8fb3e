namespace MyPortal.Scripts.Shared;

/// <summary>What the tests need from the operating system.</summary>
public static class DebianPackages
{
    private static readonly (string Package, Func<bool> IsThere, string For)[] Needed =
    [
        ("chromium", () => File.Exists("/usr/bin/chromium"), "the browser of the journeys"),
        ("fonts-noto-cjk", () => Directory.Exists("/usr/share/fonts/opentype/noto"), "Japanese letters in the browser"),
        ("postgresql", () => Directory.Exists("/usr/lib/postgresql") || OnPath("initdb"), "the tests of the third database"),
        ("pcscd", () => File.Exists("/usr/sbin/pcscd"), "the service for card readers"),
        ("vsmartcard-vpcd", () => File.Exists("/usr/lib/pcsc/drivers/serial/libifdvpcd.so"), "a card reader without hardware"),
    ];

    /// <summary>Installs what is missing where that is possible; otherwise says in one sentence what is missing.</summary>
    public static void Install()
    {
        var missing = Needed.Where(p => !p.IsThere()).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        var names = string.Join(' ', missing.Select(p => p.Package));
        string[] root = Environment.IsPrivilegedProcess ? [] : ["sudo", "-n"];
        if (!File.Exists("/usr/bin/apt-get") || (root.Length > 0 && Command.Capture("sudo", ["-n", "true"]).ExitCode != 0))
        {
            Console.WriteLine($"Missing: {string.Join(", ", missing.Select(p => $"{p.Package} ({p.For})"))}; on Debian: apt-get install {names}");
            return;
        }

        Console.WriteLine($"Installing {names}");
        string[] environment = ["env", "DEBIAN_FRONTEND=noninteractive"];
        Run([.. root, .. environment, "apt-get", "update", "-qq"]);
        foreach (var (package, _, _) in missing)
        {
            // One by one: a package that this system does not know must not keep the others away.
            Run([.. root, .. environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends", package]);
        }
    }

    private static void Run(string[] command)
    {
        var (code, output) = Command.Capture(command[0], command[1..], TimeSpan.FromMinutes(10));
        if (code != 0)
        {
            Console.WriteLine($"{string.Join(' ', command)} failed:\n{output}");
        }
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
