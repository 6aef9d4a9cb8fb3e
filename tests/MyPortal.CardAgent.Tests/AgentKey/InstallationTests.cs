using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using MyPortal.CardAgent.AgentKey;

namespace MyPortal.CardAgent.Tests.AgentKey;

public sealed class InstallationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("installation");

    [Fact]
    public void Key_and_phrase_are_made_once_and_found_again()
    {
        using var first = Make();
        using var second = Make();

        second.Key.ExportSubjectPublicKeyInfo().ShouldBe(first.Key.ExportSubjectPublicKeyInfo());
        first.Key.KeySize.ShouldBe(256);
        second.Phrase.ShouldBe(first.Phrase);
        first.Phrase.Split('・').Length.ShouldBe(3);
    }

    [Fact]
    public void Only_the_owner_can_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps the profile folder to its user.");
            return;
        }

        using var installation = Make();
        var data = Path.Combine(_folder.FullName, "data");

        File.GetUnixFileMode(data).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(data).Length.ShouldBe(2);
        foreach (var file in Directory.GetFiles(data)) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_chosen_phrase_takes_the_place_of_the_made_one()
    {
        using var installation = Make("うちの ねこ");

        installation.Phrase.ShouldBe("うちの ねこ");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Installation Make(string? phrase = null) => new(
        Options.Create(new AgentOptions { Data = "data", Phrase = phrase }),
        new HostingEnvironment { ContentRootPath = _folder.FullName },
        RandomSource.System);
}
