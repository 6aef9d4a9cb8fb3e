using System.Text;
using MyPortal.CardAgent.Tests.Fixtures;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Tests.Transactions;

/// <summary>The person reads the whole text before the card signs it, and nothing else is ever signed.</summary>
public sealed class SignedTextTests : TransactionFixture
{
    private const string Words = "私は、さくら市のお知らせを、<山田花子>に見せます。\n期間は1年です。";

    [Theory]
    [InlineData("ja", "あなたは「代理人」として"), InlineData("en", "You sign this text as the proxy"), InlineData("ja-Hira", "<rt>だいりにん</rt>")]
    public async Task The_page_shows_the_whole_text_and_the_role(string language, string role)
    {
        await PutDownAsync(new TestCard("hanako"));
        Hand(Words);

        var page = await EnterAsync(language);

        page.AsksForPin.ShouldBeTrue();
        page.Html.ShouldContain("<p>私は、さくら市のお知らせを、&lt;山田花子&gt;に見せます。</p><p>期間は1年です。</p>");
        page.Html.ShouldContain(role);
    }

    [Fact]
    public async Task Both_keys_sign_the_document()
    {
        await PutDownAsync(new TestCard("hanako"));
        Hand(Words);

        await Agent.PostAsync(await EnterAsync(), ("pin", "1234"), ("password", "ABC123"));

        var response = Portal.Responses.ShouldHaveSingleItem();
        response.Signatures.Select(signature => signature.Certificate).ShouldBe([CertificateKind.Authentication, CertificateKind.Signature]);
    }

    [Fact]
    public async Task A_step_up_asks_for_the_pin_and_says_what_for()
    {
        await PutDownAsync(new TestCard("hanako"));
        Portal.Documents = [FakePortal.Bytes(Portal.StepUp())];

        var page = await EnterAsync();

        page.AsksForPin.ShouldBeTrue();
        page.Html.ShouldContain("本人であることを、もう一度カードで確認します");
        page.Html.ShouldNotContain("signed-text");
    }

    [Fact]
    public async Task Another_text_than_the_documents_is_refused()
    {
        Hand(Words);
        Portal.Text = Encoding.UTF8.GetBytes(Words.Replace("1年", "9年", StringComparison.Ordinal));
        await ShouldRefuseAsync();
    }

    [Fact]
    public async Task A_signature_without_a_text_is_refused()
    {
        Hand(Words);
        Portal.Text = null;
        await ShouldRefuseAsync();
    }

    [Theory]
    [InlineData("右から\u202Eよむ"), InlineData("\u0007鳴る"), InlineData("見え\u200Bない"), InlineData("行\u2028行"), InlineData("私\uE000用"), InlineData("\u3164"), InlineData("言\uFFA0葉"), InlineData("a\u200Db")]
    [InlineData("か\uFE00"), InlineData("a\U000E0100"), InlineData("👩\u200D"), InlineData("札\U000E0041")]
    public async Task A_text_with_characters_that_hide_or_turn_others_is_refused(string words)
    {
        Hand(words);
        await ShouldRefuseAsync();
    }

    [Theory]
    [InlineData("葛\U000E0100城市の👩‍👧からのお知らせ ❤️")]
    public async Task A_form_of_a_Han_character_and_a_joined_emoji_are_shown(string words)
    {
        await PutDownAsync(new TestCard("hanako"));
        Hand(words);

        (await EnterAsync()).AsksForPin.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_media_type_is_refused() => await ShouldRefuseAsync(document => document with { Statement = document.Statement! with { MediaType = "text/html" } });

    [Fact]
    public async Task A_signature_that_names_no_session_is_refused() => await ShouldRefuseAsync(document => document with { Subject = null });

    [Fact]
    public async Task A_login_with_a_text_beside_it_is_refused()
    {
        Hand(Words);
        Portal.Documents = [FakePortal.Bytes(Portal.Login() with { Statement = Portal.Signing().Statement })];
        await ShouldRefuseAsync();
    }

    [Fact]
    public async Task A_step_up_with_the_signature_certificate_is_refused()
    {
        Portal.Documents = [FakePortal.Bytes(Portal.StepUp() with { Certificates = [CertificateKind.Signature] })];
        await ShouldRefuseAsync();
    }

    private void Hand(string words)
    {
        Portal.Text = Encoding.UTF8.GetBytes(words);
        Portal.Documents = [FakePortal.Bytes(Portal.Signing())];
    }

    private async Task ShouldRefuseAsync(Func<CardDocument, CardDocument> change)
    {
        Hand(Words);
        Portal.Documents = [FakePortal.Bytes(change(Portal.Signing()))];
        await ShouldRefuseAsync();
    }

    private async Task ShouldRefuseAsync()
    {
        var card = await PutDownAsync(new TestCard("hanako"));

        var page = await EnterAsync();

        page.Refusal.ShouldBe("document");
        page.AsksForPin.ShouldBeFalse();
        card.Presented.ShouldBeEmpty();
    }
}
