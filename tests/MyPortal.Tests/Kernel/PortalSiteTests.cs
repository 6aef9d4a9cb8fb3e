using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Tests.Kernel;

public sealed class PortalSiteTests
{
    [Theory]
    [InlineData("Sandbox", "http://localhost:5080", "http://localhost:5080")]
    [InlineData("Sandbox", "https://portal.example", "https://portal.example")]
    [InlineData("Live", "https://portal.example/", "https://portal.example")]
    public void World_and_origin_are_read(string mode, string origin, string expected)
    {
        var site = SiteOf(mode, origin);

        site.Mode.ShouldBe(Enum.Parse<DeploymentMode>(mode));
        site.OriginText.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("live")]
    [InlineData("Production")]
    [InlineData("0")]
    [InlineData("Sandbox, Live")]
    public void Any_other_word_for_the_world_is_refused(string? mode) =>
        Should.Throw<InvalidOperationException>(() => SiteOf(mode, "https://portal.example")).Message.ShouldBe($"Deployment:Mode is '{mode}'; it must be Sandbox or Live.");

    [Theory]
    [InlineData(null)]
    [InlineData("portal.example")]
    [InlineData("https://portal.example/path")]
    [InlineData("https://portal.example/?x=1")]
    [InlineData("https://portal.example/#x")]
    [InlineData("https://user@portal.example")]
    [InlineData("ftp://portal.example")]
    public void What_is_no_origin_is_refused(string? origin) =>
        Should.Throw<InvalidOperationException>(() => SiteOf("Sandbox", origin)).Message.ShouldStartWith($"Portal:Origin is '{origin}'");

    [Fact]
    public void The_live_world_refuses_plain_http() =>
        Should.Throw<InvalidOperationException>(() => SiteOf("Live", "http://portal.example")).Message.ShouldBe("Portal:Origin must be https in live mode.");

    [Fact]
    public void Cookies_of_the_live_world_cannot_be_planted_by_a_neighbour()
    {
        var site = SiteOf("Live", "https://portal.example");

        site.CookieName("session").ShouldBe("__Host-session");
        site.Cookie().Secure.ShouldBeTrue();
        site.Cookie().HttpOnly.ShouldBeTrue();
        site.Cookie().Path.ShouldBe("/");
        site.Cookie().Domain.ShouldBeNull();
    }

    [Theory]
    [InlineData("Deployment:Mode", "Production", "Deployment:Mode is 'Production'")]
    [InlineData("World", "Sandbox", "World is called Deployment:Mode now; set Deployment:Mode instead.")]
    [InlineData("Handout", "portal.json", "Handout is called TrustBundle now; set TrustBundle instead.")]
    [InlineData("Data:Provider", "Oracle", "Data:Provider is 'Oracle'; it must be one of Sqlite, SqlServer, PostgreSql.")]
    [InlineData("Data:Provider", "SqlServer", "Data:ConnectionString is missing")]
    [InlineData("TrustBundle", "/nowhere/at/all", "TrustBundle names '/nowhere/at/all'")]
    public void The_portal_refuses_to_start_with_a_wrong_setting(string key, string value, string message)
    {
        using var factory = new WebApplicationFactory<PortalSite>();
        using var portal = factory.WithWebHostBuilder(builder => builder
            .UseSetting("Deployment:Mode", "Sandbox")
            .UseSetting("Portal:Origin", "http://localhost:5080")
            .UseSetting("Data:Provider", "Sqlite")
            .UseSetting(key, value));

        Should.Throw<InvalidOperationException>(() => portal.Server).Message.ShouldContain(message);
    }

    private static PortalSite SiteOf(string? mode, string? origin) => PortalSite.From(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Deployment:Mode", mode), KeyValuePair.Create("Portal:Origin", origin)]).Build());
}
