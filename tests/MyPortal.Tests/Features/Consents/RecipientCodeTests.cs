using MyPortal.Features.Consents;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

public sealed class RecipientCodeTests
{
    [Fact]
    [Requirement(37)]
    public async Task Every_sender_knows_a_citizen_under_another_code_and_keeps_it()
    {
        await using var portal = await TestPortal.StartAsync();
        var citizens = new[] { await portal.EnrolAsync(), await portal.EnrolAsync() };
        var senders = new List<TestSender>();
        for (var i = 0; i < 4; i++)
        {
            senders.Add(await TestSender.RegisterAsync(portal, name: $"事業者{i}"));
        }

        var codes = new List<string>();
        foreach (var citizen in citizens)
        {
            foreach (var sender in senders)
            {
                var code = await sender.CodeOfAsync(citizen);
                (await sender.CodeOfAsync(citizen)).ShouldBe(code, "a second grant gives the same code");
                codes.Add(code);
            }
        }

        codes.Distinct(StringComparer.Ordinal).Count().ShouldBe(codes.Count);
        codes.ShouldAllBe(code => code.Length == 26 && code.All(c => "0123456789ABCDEFGHJKMNPQRSTVWXYZ".Contains(c)));
        codes.Select(code => code[..4]).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(6, "nothing of a code is shared");
        senders.ForEach(sender => sender.Dispose());
    }

    [Theory]
    [InlineData("lower case"), InlineData("hyphens"), InlineData("look-alikes")]
    public async Task A_code_that_people_wrote_down_is_understood(string manner)
    {
        await using var portal = await TestPortal.StartAsync();
        using var sender = await TestSender.RegisterAsync(portal);
        var citizen = await portal.EnrolAsync();
        var code = await sender.CodeOfAsync(citizen);
        var written = manner switch
        {
            "lower case" => code.ToLowerInvariant(),
            "hyphens" => string.Join('-', code.Chunk(5).Select(part => new string(part))),
            _ => code.Replace('0', 'O').Replace('1', 'l'),
        };

        var found = await portal.Get<RecipientDirectory>().FindAsync(sender.Id, written, TestContext.Current.CancellationToken);

        found.ShouldNotBeNull().Citizen.ShouldBe(citizen);
    }
}
