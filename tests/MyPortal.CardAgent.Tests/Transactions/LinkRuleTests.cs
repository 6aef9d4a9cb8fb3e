using System.Text;
using MyPortal.CardAgent.Tests.Fixtures;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.Hub;

namespace MyPortal.CardAgent.Tests.Transactions;

public sealed class LinkRuleTests : TransactionFixture
{
    [Theory]
    [InlineData("ja", "情報連携ハブへの依頼です")]
    [InlineData("en", "A request to the linkage hub")]
    [InlineData("ja-Hira", "マイナンバーは")]
    public async Task The_page_says_in_plain_words_that_a_link_is_signed(string language, string words)
    {
        Portal.Documents = [FakePortal.Bytes(Portal.Enrolment()), Portal.Link()];
        await PutDownAsync(new TestCard("hanako"));

        var page = await EnterAsync(language);

        page.AsksForPin.ShouldBeTrue();
        page.Html.ShouldContain("<dd id=\"link\">");
        page.Html.ShouldContain(words);
    }

    [Fact]
    public async Task Without_a_link_the_page_speaks_of_none()
    {
        await PutDownAsync(new TestCard("hanako"));

        (await EnterAsync()).Html.ShouldNotContain("id=\"link\"");
    }

    [Fact]
    public Task Another_hub_is_refused() => ShouldRefuseAsync(link => link with { Hub = "other-hub" });

    [Fact]
    public Task Another_organisation_is_refused() => ShouldRefuseAsync(link => link with { Organisation = "sakura-city" });

    [Fact]
    public Task Another_purpose_is_refused() => ShouldRefuseAsync(link => link with { Purpose = "transfer" });

    [Fact]
    public Task Something_else_than_a_nonce_is_refused() => ShouldRefuseAsync(link => link with { Nonce = "I agree to everything that anybody may ask" });

    [Fact]
    public Task Another_site_than_the_persons_is_refused() => ShouldRefuseAsync(link => link with { Origin = "https://other.example" }, "document-origin");

    [Fact]
    public Task Another_type_is_refused() => ShouldRefuseAsync(link => link with { Type = "MYP-LINK/2" });

    [Fact]
    public Task A_link_in_the_clothes_of_a_login_is_refused() => ShouldRefuseAsync(link => link with { Type = CardDocument.CurrentType });

    [Fact]
    public async Task A_link_that_says_more_than_the_page_is_refused()
    {
        var longer = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Portal.Link()).Replace("\"purpose\"", "\"also\":\"sell my house\",\"purpose\"", StringComparison.Ordinal));

        await ShouldRefuseAsync("document", FakePortal.Bytes(Portal.Enrolment()), longer);
    }

    [Fact]
    public Task A_link_alone_is_refused() => ShouldRefuseAsync("document", Portal.Link());

    [Fact]
    public Task A_link_beside_a_login_is_refused() => ShouldRefuseAsync("document", Portal.Document(), Portal.Link());

    [Fact]
    public Task Two_links_are_refused() => ShouldRefuseAsync("document", FakePortal.Bytes(Portal.Enrolment()), Portal.Link(), Portal.Link());

    [Fact]
    public async Task When_the_portal_says_later_the_same_address_may_be_tried_again()
    {
        Portal.FetchAnswer = FakePortal.Problem(503, "card.hub-unavailable");
        await PutDownAsync(new TestCard("hanako"));
        var ticket = Portal.NewTicket();

        var refused = await Agent.EnterAsync(ticket);
        Portal.FetchAnswer = null;
        var again = await Agent.EnterAsync(ticket);

        refused.Html.ShouldContain("いまは登録できません");
        refused.Html.ShouldContain("data-portal-code=\"card.hub-unavailable\"");
        again.AsksForPin.ShouldBeTrue();
    }

    private Task ShouldRefuseAsync(Func<LinkDocument, LinkDocument> change, string code = "document") =>
        ShouldRefuseAsync(code, FakePortal.Bytes(Portal.Enrolment()), Portal.Link(change));

    private async Task ShouldRefuseAsync(string code, params byte[][] documents)
    {
        Portal.Documents = documents;
        var card = await PutDownAsync(new TestCard("hanako"));

        var page = await EnterAsync();

        page.Refusal.ShouldBe(code);
        page.AsksForPin.ShouldBeFalse();
        card.Presented.ShouldBeEmpty();
    }
}
