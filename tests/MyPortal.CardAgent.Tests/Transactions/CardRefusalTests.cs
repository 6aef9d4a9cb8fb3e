using System.Net;
using MyPortal.CardAgent.Tests.Fixtures;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Tests.Transactions;

public sealed class CardRefusalTests : TransactionFixture
{
    [Fact]
    public async Task Without_a_card_the_page_says_so_and_offers_another_try()
    {
        var page = await EnterAsync();
        page.Refusal.ShouldBe("no-card");
        page.Html.ShouldContain("カードが見つかりません");
        page.Html.ShouldContain(">もう一度</a>");

        await PutDownAsync(new TestCard("hanako"));
        var address = page.Html.Split("href=\"").First(part => part.StartsWith("/sign/", StringComparison.Ordinal)).Split('"')[0];
        (await Agent.OpenAsync(address)).AsksForPin.ShouldBeTrue();
        Portal.Fetches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_PIN_ends_the_transaction_and_shows_the_tries_left()
    {
        var card = await PutDownAsync(new TestCard("hanako"));
        var page = await EnterAsync();
        page.Html.ShouldContain("あと3回まちがえると");

        var refused = await Agent.PostAsync(page, ("pin", "9999"));
        (refused.Status, refused.Refusal).ShouldBe((HttpStatusCode.Forbidden, "wrong-pin"));
        refused.Html.ShouldContain("あと2回で使えなくなります");

        (await Agent.PostAsync(page, ("pin", "1234"))).Refusal.ShouldBe("wrong-pin");
        (await Agent.OpenAsync(page.FormAction)).Refusal.ShouldBe("wrong-pin");
        card.Presented.ShouldBe(["9999"]);
        Portal.Responses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_signature_password_ends_the_transaction()
    {
        Portal.Documents = [FakePortal.Bytes(Portal.Enrolment())];
        var card = await PutDownAsync(new TestCard("hanako"));

        var refused = await Agent.PostAsync(await EnterAsync(), ("pin", "1234"), ("password", "WRONG1"));

        refused.Refusal.ShouldBe("wrong-pin");
        refused.Html.ShouldContain("署名用パスワードがちがいます。あと4回");
        card.Presented.ShouldBe(["1234", "WRONG1"]);
        Portal.Responses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_double_click_presents_the_PIN_once()
    {
        var card = await PutDownAsync(new TestCard("hanako"));
        var page = await EnterAsync();

        var answers = await Task.WhenAll(Agent.PostAsync(page, ("pin", "1234")), Agent.PostAsync(page, ("pin", "1234")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        card.Presented.Count.ShouldBe(1);
        Portal.Responses.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_try_that_locks_the_card_is_told_as_locked()
    {
        var card = await PutDownAsync(new TestCard("hanako") { PinTries = 1 });

        var refused = await Agent.PostAsync(await EnterAsync(), ("pin", "9999"), ("lastTry", "yes"));

        refused.Refusal.ShouldBe("locked");
        card.PinTries.ShouldBe(0);
    }

    [Fact]
    public async Task A_locked_card_is_told_before_any_PIN()
    {
        var card = await PutDownAsync(new TestCard("hanako") { PinTries = 0 });

        var page = await EnterAsync();

        (page.Status, page.Refusal, page.AsksForPin).ShouldBe((HttpStatusCode.Forbidden, "locked", false));
        page.Html.ShouldContain("市区町村の窓口で直せます");
        card.Presented.ShouldBeEmpty();
    }

    [Fact]
    public async Task At_one_try_left_nothing_is_presented_without_the_tick()
    {
        var card = await PutDownAsync(new TestCard("hanako") { PinTries = 1 });
        var page = await EnterAsync();
        page.Html.ShouldContain("残り1回であることを知っています");

        var again = await Agent.PostAsync(page, ("pin", "1234"));
        again.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.Html.ShouldContain("""<a href="#lastTry">""");
        card.Presented.ShouldBeEmpty();

        var ticked = await Agent.PostAsync(again, ("pin", "12"), ("lastTry", "yes"));
        ticked.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ticked.Html.ShouldContain("""value="yes" checked>""", customMessage: "what was ticked stays ticked");

        (await Agent.PostAsync(again, ("pin", "1234"), ("lastTry", "yes"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("", "暗証番号を入力してください")]
    [InlineData("123", "4桁の数字で")]
    [InlineData("12345", "4桁の数字で")]
    [InlineData("12a4", "4桁の数字で")]
    [InlineData("12345678901234567", "4桁の数字で")]
    public async Task An_entry_without_the_form_of_a_PIN_costs_no_try(string pin, string sentence)
    {
        var card = await PutDownAsync(new TestCard("hanako"));

        var again = await Agent.PostAsync(await EnterAsync(), ("pin", pin));

        again.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.Html.ShouldContain("role=\"alert\"");
        again.Html.ShouldContain("<title>エラー：");
        again.Html.ShouldContain(sentence);
        card.Presented.ShouldBeEmpty();
        (await Agent.PostAsync(again, ("pin", "1234"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_card_without_signature_certificate_cannot_enrol_with_both()
    {
        Portal.Documents = [FakePortal.Bytes(Portal.Enrolment())];
        await PutDownAsync(new TestCard("child", withSignature: false));

        var page = await EnterAsync();

        (page.Refusal, page.AsksForPin).ShouldBe(("no-certificate", false));
    }

    [Fact]
    public async Task A_card_without_signature_certificate_enrols_with_the_authentication_certificate_alone()
    {
        Portal.Documents = [FakePortal.Bytes(Portal.Enrolment() with { Certificates = [CertificateKind.Authentication] })];
        await PutDownAsync(new TestCard("child", withSignature: false));

        (await Agent.PostAsync(await EnterAsync(), ("pin", "1234"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_several_cards_the_person_chooses_one()
    {
        var hanako = await PutDownAsync(new TestCard("hanako"));
        var taro = await PutDownAsync(new TestCard("taro") { Pin = "5678" });
        var page = await EnterAsync();
        page.Html.ShouldContain("""<input type="radio" name="card" value="hanako" id="card">""");

        var again = await Agent.PostAsync(page, ("pin", "567"), ("card", "taro"));
        again.Html.ShouldContain("""value="taro" checked>""");
        (await Agent.PostAsync(again, ("pin", "5678"), ("card", "taro"))).Status.ShouldBe(HttpStatusCode.OK);

        hanako.Presented.ShouldBeEmpty();
        taro.Presented.ShouldBe(["5678"]);
    }

    [Fact]
    public async Task With_several_cards_and_no_choice_the_form_asks_for_one()
    {
        var hanako = await PutDownAsync(new TestCard("hanako"));
        var taro = await PutDownAsync(new TestCard("taro"));

        var again = await Agent.PostAsync(await EnterAsync(), ("pin", "1234"));

        again.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.Html.ShouldContain("""<a href="#card">使うカードを選んでください</a>""");

        var empty = await Agent.PostAsync(again);
        empty.Html.ShouldContain("""<a href="#card">使うカードを選んでください</a>""");
        empty.Html.ShouldContain("""<a href="#pin">4桁の暗証番号を入力してください</a>""", customMessage: "all that is wrong is said at once");
        hanako.Presented.Concat(taro.Presented).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_locked_card_is_not_offered_beside_a_good_one()
    {
        await PutDownAsync(new TestCard("hanako") { PinTries = 0 });
        await PutDownAsync(new TestCard("taro"));

        var page = await EnterAsync();

        page.Html.ShouldContain("value=\"taro\"");
        page.Html.ShouldNotContain("value=\"hanako\"");
        (await Agent.PostAsync(page, ("pin", "1234"), ("card", "hanako"))).Refusal.ShouldBe("locked");
    }

    [Fact]
    public async Task A_card_that_is_not_there_is_refused_and_no_other_gets_the_PIN()
    {
        var card = await PutDownAsync(new TestCard("hanako"));

        (await Agent.PostAsync(await EnterAsync(), ("pin", "1234"), ("card", "taro"))).Refusal.ShouldBe("wrong-card");

        card.Presented.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0x2A)]
    [InlineData(0xB0)]
    public async Task A_card_pulled_in_the_middle_ends_the_transaction(byte instruction)
    {
        var card = await PutDownAsync(new TestCard("hanako"));
        var page = await EnterAsync();
        card.PullAt = instruction;

        var refused = await Agent.PostAsync(page, ("pin", "1234"));

        // Pulled while the card is looked for it is simply not there; pulled after the PIN the transaction is over.
        refused.Refusal.ShouldBe(instruction == 0x2A ? "card-removed" : "no-card");
        Portal.Responses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_card_that_will_not_sign_ends_the_transaction()
    {
        await PutDownAsync(new TestCard("hanako") { SignStatus = 0x6F00 });

        (await Agent.PostAsync(await EnterAsync(), ("pin", "1234"))).Refusal.ShouldBe("card-fault");
    }
}
