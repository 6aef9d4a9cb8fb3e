using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using MyPortal.Kernel;

namespace MyPortal.Tests.Kernel;

public sealed class PortalSiteTests
{
    [Theory]
    [InlineData("Sandbox", "http://localhost:5080", "http://localhost:5080")]
    [InlineData("Sandbox", "https://portal.example", "https://portal.example")]
    [InlineData("Live", "https://portal.example/", "https://portal.example")]
    public void World_and_origin_are_read(string world, string origin, string expected)
    {
        var site = SiteOf(world, origin);

        site.World.ShouldBe(Enum.Parse<World>(world));
        site.OriginText.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("live")]
    [InlineData("Production")]
    [InlineData("0")]
    [InlineData("Sandbox, Live")]
    public void Any_other_word_for_the_world_is_refused(string? world) =>
        Should.Throw<InvalidOperationException>(() => SiteOf(world, "https://portal.example")).Message.ShouldBe($"World is '{world}'; it must be Sandbox or Live.");

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
        Should.Throw<InvalidOperationException>(() => SiteOf("Live", "http://portal.example")).Message.ShouldBe("Portal:Origin must be https in the live world.");

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
    [InlineData("World", "Production", "World is 'Production'")]
    [InlineData("Data:Provider", "Oracle", "Data:Provider is 'Oracle'; it must be one of Sqlite, SqlServer, PostgreSql.")]
    [InlineData("Data:Provider", "SqlServer", "Data:ConnectionString is missing")]
    [InlineData("Handout", "/nowhere/at/all", "Handout names '/nowhere/at/all'")]
    public void The_portal_refuses_to_start_with_a_wrong_setting(string key, string value, string message)
    {
        using var factory = new WebApplicationFactory<PortalSite>();
        using var portal = factory.WithWebHostBuilder(builder => builder
            .UseSetting("World", "Sandbox")
            .UseSetting("Portal:Origin", "http://localhost:5080")
            .UseSetting("Data:Provider", "Sqlite")
            .UseSetting(key, value));

        Should.Throw<InvalidOperationException>(() => portal.Server).Message.ShouldContain(message);
    }

    private static PortalSite SiteOf(string? world, string? origin) => PortalSite.From(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("World", world), KeyValuePair.Create("Portal:Origin", origin)]).Build());
}
