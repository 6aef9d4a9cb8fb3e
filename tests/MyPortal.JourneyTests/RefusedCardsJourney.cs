using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>What a person sees who cannot get in, and how they get in after all.</summary>
public sealed class RefusedCardsJourney(RunningProduct product)
{
    private const string NotValid = "カードの電子証明書が使えません";
    private const string NotEnrolled = "このカードは、まだ利用登録がありません";
    private const string AlreadyEnrolled = "このカードは、もう利用登録がすんでいます";

    [Theory]
    [InlineData("/login", Cards.Revoked, NotValid)]
    [InlineData("/login", Cards.OnHold, NotValid)]
    [InlineData("/login", Cards.Stranger, NotEnrolled)]
    [InlineData("/enrol", Cards.Moved, NotValid)]
    [InlineData("/enrol", Cards.Persistent, AlreadyEnrolled)]
    [Requirement(21)]
    public async Task What_the_issuer_or_the_account_refuses_is_said_at_the_agent_and_at_the_portal(string path, string card, string reason)
    {
        await using var visit = await product.VisitAsync();
        await visit.BeginAtPortalAsync(path);
        var waiting = visit.Page.Url;
        await visit.OpenAgentAsync();
        await visit.AnswerAgentAsync(card, product.Card(card).Pin, path is "/enrol" ? product.Card(card).SignaturePassword : null);

        await Expect(visit.Heading()).ToHaveTextAsync(reason);
        await Expect(visit.WayBack()).ToHaveCountAsync(0);
        await visit.PassesEveryCheckAsync();

        await visit.GoToAsync(waiting);
        await Expect(visit.Heading()).ToHaveTextAsync("この確認は終わりました");
        await Expect(visit.LogInLink()).ToBeVisibleAsync();
        await visit.PassesEveryCheckAsync();
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/enrol")]
    public async Task An_expired_card_is_refused_with_the_way_to_a_new_one(string path)
    {
        var card = product.Card(Cards.Expired);
        await using var visit = await product.VisitAsync();
        await visit.BeginAtPortalAsync(path);
        await visit.OpenAgentAsync();
        await visit.AnswerAgentAsync(card.Id, card.Pin, path is "/enrol" ? card.SignaturePassword : null);

        await Expect(visit.Heading()).ToHaveTextAsync(NotValid);
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("市区町村の窓口");
        await Expect(visit.WayBack()).ToHaveCountAsync(0);
        await visit.GoToAsync("/");
        await Expect(visit.LogInLink()).ToBeVisibleAsync();
    }

    [Fact]
    public async Task After_a_wrong_PIN_the_person_is_told_how_many_tries_are_left_and_logs_in_anew()
    {
        var card = product.Card(Cards.Persistent);
        await using var visit = await product.VisitAsync();
        await visit.BeginAtPortalAsync("/login");
        await visit.OpenAgentAsync();
        await visit.AnswerAgentAsync(card.Id, WrongPinOf(card.Pin));

        await Expect(visit.Heading()).ToHaveTextAsync("暗証番号がちがいます");
        await Expect(visit.Page.Locator("main")).ToContainTextAsync("あと2回");
        await visit.PassesEveryCheckAsync();

        await visit.Page.Locator("main a").First.ClickAsync();
        await Expect(visit.SubmitOf("/login/card/start")).ToBeVisibleAsync();
        await visit.SignInAsync(card);
    }

    [Fact]
    public async Task Three_wrong_PINs_lock_the_card_until_the_municipal_counter_unlocks_it()
    {
        var card = product.Card(Cards.Forgetful);
        await using var visit = await product.VisitAsync();
        try
        {
            await MissAsync(visit, card.Id, WrongPinOf(card.Pin));
            await Expect(visit.Page.Locator("main")).ToContainTextAsync("あと2回");
            await MissAsync(visit, card.Id, WrongPinOf(card.Pin));
            await Expect(visit.Page.Locator("main")).ToContainTextAsync("あと1回");

            await visit.BeginAtPortalAsync("/login");
            await visit.OpenAgentAsync();
            await visit.AnswerAgentAsync(card.Id, WrongPinOf(card.Pin));
            await Expect(visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("残り1回");
            await visit.PassesEveryCheckAsync();

            await visit.Page.Locator("input[name='lastTry']").CheckAsync();
            await visit.AnswerAgentAsync(card.Id, WrongPinOf(card.Pin));
            await Expect(visit.Heading()).ToHaveTextAsync("カードが使えなくなっています");
            await Expect(visit.Page.Locator("main")).ToContainTextAsync("市区町村の窓口");
            await visit.PassesEveryCheckAsync();
        }
        finally
        {
            await product.Control.UnlockAsync(card.Id);
        }

        await visit.BeginAtPortalAsync("/login");
        await visit.OpenAgentAsync();
        await Expect(visit.CardChoice(card.Id)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/login", Cards.Locked, false)]
    [InlineData("/enrol", Cards.Locked, false)]
    [InlineData("/enrol", Cards.Child, false)]
    [InlineData("/login", Cards.Child, true)]
    public async Task Only_cards_that_can_do_what_is_asked_are_offered(string path, string card, bool isOffered)
    {
        await using var visit = await product.VisitAsync();
        await visit.BeginAtPortalAsync(path);
        await visit.OpenAgentAsync();

        await Expect(visit.CardChoice(Cards.Reader)).ToHaveCountAsync(1);
        await Expect(visit.CardChoice(card)).ToHaveCountAsync(isOffered ? 1 : 0);
    }

    [Fact]
    [Requirement(21)]
    public async Task A_card_revoked_today_is_refused_at_the_next_login()
    {
        var card = product.Card(Cards.NextGeneration);
        await using var visit = await product.VisitAsync();
        await visit.EnrolAsync(card);
        await visit.SignOutAsync();
        await product.Control.RevokeAsync(card.Id);
        try
        {
            await visit.BeginAtPortalAsync("/login");
            await visit.OpenAgentAsync();
            await visit.AnswerAgentAsync(card.Id, card.Pin);
            await Expect(visit.Heading()).ToHaveTextAsync(NotValid);
        }
        finally
        {
            await product.Control.RestoreAsync(card.Id);
        }
    }

    private static async Task MissAsync(Visit visit, string card, string pin)
    {
        await visit.BeginAtPortalAsync("/login");
        await visit.OpenAgentAsync();
        await visit.AnswerAgentAsync(card, pin);
        await Expect(visit.Heading()).ToHaveTextAsync("暗証番号がちがいます");
    }

    private static string WrongPinOf(string pin) => pin is "0000" ? "0001" : "0000";
}
