using System.Net;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Security;

namespace MyPortal.Tests.Features.SelfInformation;

/// <summary>Two processes of one installation: answers lie in the memory of one of them.</summary>
public sealed class OtherNodeTests
{
    [Theory]
    [InlineData("ja-JP", "この結果は、別のサーバーが預かっています", "エラー：まだ消していません。結果の画面で、もう一度「消して戻る」を押してください。押さなくても、たずねてから15分で消えます。")]
    [InlineData("en", "Another server holds this result", "Error: Not erased yet. On the page of the result, please press “Erase and go back” again. Even if you do not, it disappears 15 minutes after you asked.")]
    public async Task A_node_that_does_not_hold_the_answers_says_so_and_confirms_no_erasure(string language, string heading, string banner)
    {
        await using var first = await TestPortal.StartAsync();
        await using var second = await TestPortal.StartBesideAsync(first);
        var hanako = await first.SignInAsync(await first.EnrolAsync(cast: "hanako"));
        var (page, address) = await SelfInformationPagesTests.AskForAsync(hanako.Browser, language, "residence");
        var there = second.SameBrowser(hanako);

        (await there.OpenAsync(address, language, HttpStatusCode.NotFound)).Heading().ShouldBe(heading);
        using var retried = await RouteFixture.AskAsync(there, "POST", $"{address}/1/retry");
        retried.Headers.Location!.OriginalString.ShouldBe(address);
        using var erased = await RouteFixture.AskAsync(there, "POST", $"{address}/erase");
        erased.Headers.Contains("Clear-Site-Data").ShouldBeFalse();
        var next = erased.Headers.Location!.OriginalString;
        (await there.OpenAsync(next, language, HttpStatusCode.NotFound)).QuerySelector(".banner").Words().ShouldBe(banner);

        (await hanako.Browser.OpenAsync(next, language)).QuerySelector(".banner").Words().ShouldBe(banner, "the node that holds the answers shows them, and what is still to do");
        using var really = await hanako.Browser.SubmitAsync(page.QuerySelector("form[action$=erase]")!);
        really.Headers.Location!.OriginalString.ShouldBe("/self-info?done=erased");
    }

    [Fact]
    public async Task The_record_of_the_hub_at_another_node_is_said_to_be_there()
    {
        await using var first = await TestPortal.StartAsync();
        await using var second = await TestPortal.StartBesideAsync(first);
        var hanako = await first.SignInAsync(await first.EnrolAsync(cast: "hanako"));
        using var asked = await RouteFixture.AskAsync(hanako.Browser, "POST", "/access-log/ask");

        var page = await second.SameBrowser(hanako).OpenAsync(asked.Headers.Location!.OriginalString, expected: HttpStatusCode.NotFound);

        page.Heading().ShouldBe("この画面は、別のサーバーが預かっています");
    }
}
