using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Jpki;
using MyPortal.Kernel;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Jpki;

public sealed class JpkiSettingsTests
{
    [Fact]
    public async Task The_sandbox_world_takes_the_handout_as_it_is() => (await FaultsAsync(World.Sandbox)).ShouldBeEmpty();

    [Fact]
    public async Task The_live_world_refuses_every_test_root_the_test_policies_and_plain_http_at_once()
    {
        var faults = await FaultsAsync(World.Live);

        faults.Count(fault => fault.Contains("a test root, which the live world refuses", StringComparison.Ordinal)).ShouldBe(6);
        faults.ShouldContain(fault => fault == "Jpki:Policies allows test cards, which the live world refuses.");
        faults.ShouldContain(fault => fault.StartsWith("CertificateLinkage:Address", StringComparison.Ordinal) && fault.EndsWith("an address with https.", StringComparison.Ordinal));
        faults.Length.ShouldBe(8);
    }

    [Theory]
    [InlineData("Sandbox")]
    [InlineData("Live")]
    public void Without_any_setting_everything_that_is_missing_is_named(string world) => Faults(Enum.Parse<World>(world), new ConfigurationBuilder(), AppContext.BaseDirectory).ShouldBe(
        [
            "Jpki:Roots has no root of kind Authentication.",
            "Jpki:Policies has no policy of kind Authentication.",
            "Jpki:Roots has no root of kind Signature.",
            "Jpki:Policies has no policy of kind Signature.",
            $"CertificateLinkage:Address is ''; it must be an address{(world is "Live" ? " with https" : "")}.",
        ]);

    [Fact]
    public async Task A_root_that_is_not_there_is_named() =>
        (await FaultsAsync(World.Sandbox, ("Jpki:Roots:0:File", "nowhere.pem"))).ShouldBe(["Jpki:Roots names the file 'nowhere.pem', which is not there."]);

    [Theory]
    [InlineData("")]
    [InlineData("/ocsp")]
    [InlineData("ftp://ocsp.example/")]
    public async Task A_root_without_an_address_to_ask_is_named(string address) =>
        (await FaultsAsync(World.Sandbox, ("Jpki:Roots:0:OcspAddress", address))).ShouldHaveSingleItem().ShouldEndWith($"the OcspAddress '{address}', which is no address.");

    [Theory]
    [InlineData("")]
    [InlineData("/linkage")]
    public async Task A_linkage_service_without_an_address_is_named(string address) =>
        (await FaultsAsync(World.Sandbox, ("CertificateLinkage:Address", address))).ShouldBe([$"CertificateLinkage:Address is '{address}'; it must be an address."]);

    private static async Task<string[]> FaultsAsync(World world, params (string Key, string Value)[] changes)
    {
        var handout = (await TestIssuer.FoundedAsync()).Handout;
        var settings = new ConfigurationBuilder().AddJsonFile(handout).AddInMemoryCollection(changes.Select(change => KeyValuePair.Create(change.Key, (string?)change.Value)));
        return Faults(world, settings, Path.GetDirectoryName(handout)!);
    }

    private static string[] Faults(World world, IConfigurationBuilder settings, string folder)
    {
        try
        {
            new ServiceCollection().AddJpki(settings.Build(), new PortalSite(world, new Uri("https://portal.example")), folder);
            return [];
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message.Split(Environment.NewLine);
        }
    }
}
