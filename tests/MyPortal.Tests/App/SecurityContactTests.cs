using System.Globalization;
using System.Net;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.App;

public sealed class SecurityContactTests
{
    private const string Path = "/.well-known/security.txt";

    [Fact]
    public async Task Whoever_finds_a_hole_learns_whom_to_tell()
    {
        await using var portal = await TestPortal.StartAsync(configure: web => web.UseSetting("Portal:SecurityContact", "mailto:security@portal.example"));
        using var browser = portal.Browser();

        using var answer = await browser.GetAsync(Path, TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        var fields = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        fields["Contact"].ShouldBe("mailto:security@portal.example");
        fields["Canonical"].ShouldBe("http://localhost:5080" + Path);
        fields["Preferred-Languages"].ShouldBe("ja, en");
        var expires = DateTimeOffset.ParseExact(fields["Expires"], "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        expires.ShouldBeInRange(portal.Clock.GetUtcNow().AddDays(89), portal.Clock.GetUtcNow().AddDays(90));
    }

    [Fact]
    public async Task Without_a_contact_there_is_no_file()
    {
        await using var portal = await TestPortal.StartAsync();
        using var browser = portal.Browser();

        (await browser.GetAsync(Path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("security@portal.example"), InlineData("http://portal.example/security"), InlineData("mailto:a@b.example\nContact: mailto:evil@evil.example")]
    public async Task A_contact_that_is_no_address_does_not_start(string contact)
    {
        var start = async () => await TestPortal.StartAsync(configure: web => web.UseSetting("Portal:SecurityContact", contact));

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("Portal:SecurityContact");
    }
}
