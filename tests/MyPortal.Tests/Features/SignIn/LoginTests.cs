using System.Net;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Identity;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SignIn;

public sealed class LoginTests
{
    [Theory, EveryDatabase, Requirement(1)]
    public async Task Signing_the_challenge_with_the_authentication_certificate_signs_its_holder_in(Engine engine)
    {
        await using var fixture = await CardFixture.EnrolledAsync(engine);
        var enrolled = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull();
        var browser = fixture.NewBrowser();

        (await fixture.PassAsync(browser: browser)).ShouldBe("/");

        var viewer = (await fixture.ViewerOfAsync(browser)).ShouldNotBeNull();
        viewer.Citizen.ShouldBe(enrolled.Citizen);
        viewer.Level.ShouldBe(AssuranceLevel.CardWithPin);
        (await browser.ReadAsync("/account")).ShouldContain("カードと暗証番号");
    }

    [Fact]
    public async Task The_card_of_the_next_generation_with_elliptic_keys_enrols_and_signs_in()
    {
        await using var fixture = await CardFixture.StartAsync();
        var card = TestCard.Issue(fixture.Portal.Authority, order => order with { Key = LeafKey.EcP384 });

        (await fixture.PassAsync(CardPurpose.Enrol, card: card)).ShouldBe("/enrol/name");
        (await fixture.PassAsync(browser: fixture.NewBrowser(), card: card)).ShouldBe("/");
    }

    [Fact]
    public async Task A_card_of_the_older_generation_of_roots_still_signs_in()
    {
        await using var fixture = await CardFixture.StartAsync();
        var card = TestCard.Issue(fixture.Portal.Authority, order => order with { Generation = 2 });

        (await fixture.PassAsync(CardPurpose.Enrol, card: card)).ShouldBe("/enrol/name");
        (await fixture.PassAsync(browser: fixture.NewBrowser(), card: card)).ShouldBe("/");
    }

    [Fact]
    public async Task What_the_card_signs_names_this_portal_this_browser_and_this_moment()
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync();
        var other = await fixture.FetchAsync(browser: fixture.NewBrowser());

        var document = JsonSerializer.Deserialize<CardDocument>(visit.Document, ContractJson.Options).ShouldNotBeNull();
        var otherDocument = JsonSerializer.Deserialize<CardDocument>(other.Document, ContractJson.Options).ShouldNotBeNull();

        document.Type.ShouldBe("MYP-CARD/1");
        document.Origin.ShouldBe("http://localhost:5080");
        document.Delivery.ShouldBe("same-device");
        document.Purpose.ShouldBe(CardPurpose.Login);
        document.Level.ShouldBe(3);
        document.Transaction.ShouldBe(visit.Begun.Transaction.ToString("D"));
        document.Issued.ShouldBe(fixture.Portal.Clock.GetUtcNow());
        (document.Expires - document.Issued).ShouldBe(TimeSpan.FromSeconds(180));
        document.Nonce.Length.ShouldBe(43);
        (document.Nonce == otherDocument.Nonce).ShouldBeFalse();
        (document.Binding == otherDocument.Binding).ShouldBeFalse();
    }

    [Fact]
    public async Task The_page_before_the_agent_shows_the_same_match_code_as_the_document()
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync();
        using var document = JsonDocument.Parse(visit.Document);

        (await fixture.Browser.ReadAsync($"/login/card/{visit.Begun.Transaction}")).ShouldContain(document.RootElement.GetProperty("matchCode").GetString()!);
    }

    [Fact]
    public async Task A_login_page_of_another_browser_shows_nothing()
    {
        await using var fixture = await CardFixture.StartAsync();
        var begun = await fixture.Browser.BeginAsync(CardPurpose.Login);
        using var stranger = fixture.NewBrowser();
        await stranger.BeginAsync(CardPurpose.Login);

        (await stranger.ReadAsync($"/login/card/{begun.Transaction}")).ShouldNotContain("/sign?tx=");
        (await fixture.Browser.ReadAsync($"/login/card/{begun.Transaction}")).ShouldContain("/sign?tx=");
    }

    [Fact]
    public async Task A_request_for_another_host_is_not_answered()
    {
        await using var fixture = await CardFixture.StartAsync();
        var begun = await fixture.Browser.BeginAsync(CardPurpose.Login);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/login/card/{begun.Transaction}") { Headers = { Host = "portal.evil.example" } };

        using var page = await fixture.Browser.SendAsync(request);

        page.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldNotContain(Uri.EscapeDataString(begun.Ticket.ToString()));
        html.ShouldNotContain("evil.example");
    }
}
