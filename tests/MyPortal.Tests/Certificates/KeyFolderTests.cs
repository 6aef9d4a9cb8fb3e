using System.Runtime.Versioning;
using MyPortal.Certificates;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Certificates;

public sealed class KeyFolderTests : IDisposable
{
    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("myportal-keys-");

    private string Folder => Path.Combine(parent.FullName, "keys");

    [Fact]
    public void A_key_that_was_made_once_is_found_again()
    {
        var keys = Made("pepper", "other");
        var secret = keys.Secret("pepper");
        keys.MakeSigningKey("recorder");
        using var signing = keys.SigningKey("recorder");

        Made("pepper").Secret("pepper").ShouldBe(secret);
        keys.Secret("other").ShouldNotBe(secret);
        using var again = new KeyFolder(Folder, RandomSource.System).SigningKey("recorder");
        again.ExportSubjectPublicKeyInfo().ShouldBe(signing.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void Asking_for_a_key_makes_none()
    {
        Made("pepper");
        var keys = new KeyFolder(Folder, RandomSource.System);

        Should.Throw<FileNotFoundException>(() => keys.Secret("other"));
        Should.Throw<FileNotFoundException>(() => keys.SigningKey("recorder"));

        Directory.GetFiles(Folder).Select(Path.GetFileName).ShouldBe(["pepper.key"]);
    }

    private KeyFolder Made(params string[] secrets)
    {
        var keys = new KeyFolder(Folder, RandomSource.System);
        foreach (var name in secrets)
        {
            keys.MakeSecret(name);
        }

        return keys;
    }

    [Fact]
    public async Task Portals_that_start_together_end_with_one_key()
    {
        for (var round = 0; round < 20; round++)
        {
            await StartTogetherAsync($"key-{round}");
        }

        Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 20).Select(round => $"key-{round}.key").Order(StringComparer.Ordinal));
    }

    private async Task StartTogetherAsync(string name)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var portals = Enumerable.Range(0, 12).Select(async _ =>
        {
            await start.Task;
            return Convert.ToHexString(Made(name).Secret(name));
        }).ToList();
        start.SetResult();

        (await Task.WhenAll(portals)).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_key_file_of_another_length_is_refused()
    {
        var keys = Made("pepper");
        File.WriteAllBytes(Path.Combine(Folder, "pepper.key"), new byte[31]);

        Should.Throw<InvalidOperationException>(() => keys.Secret("pepper")).Message.ShouldContain("pepper.key");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_their_owner_can_read_the_keys_of_a_running_portal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await using var portal = await TestPortal.StartAsync();
        await portal.SignInAsync();
        var folder = Path.Combine(portal.Folder, "keys");

        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(folder);
        files.Select(Path.GetFileName).ShouldBe(PortalKeys.Files, ignoreOrder: true);
        files.ShouldAllBe(file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    public void Dispose() => parent.Delete(recursive: true);
}
