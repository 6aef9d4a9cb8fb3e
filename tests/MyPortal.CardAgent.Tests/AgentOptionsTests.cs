using MyPortal.CardAgent.Tests.Fixtures;
using MyPortal.CardAgent.Transactions;

namespace MyPortal.CardAgent.Tests;

public sealed class AgentOptionsTests
{
    [Fact]
    public void Every_fault_is_listed_with_its_setting()
    {
        var options = new AgentOptions { Port = 70000, CardPort = -1, Transport = "Bluetooth", Data = " ", Phrase = "", Hub = " ", Origins = ["http://user@portal.example", "https://portal.example"] };

        var faults = new AgentOptionsCheck().Validate(null, options).Failures!.ToList();

        faults.Select(fault => fault.Split(' ')[0]).ShouldBe(["Agent:Port", "Agent:CardPort", "Agent:Transport", "Agent:Data", "Agent:Phrase", "Agent:Hub", "Agent:Origins:0"]);
    }

    [Fact]
    public void The_defaults_are_without_fault() => new AgentOptionsCheck().Validate(null, new AgentOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public async Task A_faulty_setting_keeps_the_agent_from_starting() =>
        (await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => RunningAgent.StartAsync("ftp://portal.example"))).Message.ShouldContain("Agent:Origins:0");

    [Theory]
    [InlineData("https://portal.example", true)]
    [InlineData("https://portal.example:8443", true)]
    [InlineData("http://localhost:5080", false)]
    [InlineData("https://portal.example/", false)]
    [InlineData("https://portal.example/login", false)]
    [InlineData("https://user@portal.example", false)]
    [InlineData("https://portal.example:443", false)]
    [InlineData("https://PORTAL.example", false)]
    [InlineData("portal.example", false)]
    [InlineData("", false)]
    public void A_build_for_the_live_world_knows_plain_https_origins_only(string origin, bool isAllowed) =>
        (OriginAllowList.FaultOf(origin, allowHttp: false) is null).ShouldBe(isAllowed);
}
