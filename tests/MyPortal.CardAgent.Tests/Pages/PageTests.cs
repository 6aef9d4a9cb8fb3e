using MyPortal.CardAgent.Pages;
using MyPortal.CardAgent.Tests.Fixtures;

namespace MyPortal.CardAgent.Tests.Pages;

public sealed class PageTests : TransactionFixture
{
    [Fact]
    public async Task The_page_shows_who_asks_for_what_until_when_the_match_code_and_the_phrase()
    {
        await PutDownAsync(new TestCard("hanako"));

        var page = await EnterAsync();

        page.Html.ShouldContain($"""<dd id="origin">{Portal.Origin}</dd>""");
        page.Html.ShouldContain("<dd>ログイン</dd>");
        page.Html.ShouldContain("""<strong id="match-code">4F7K</strong>""");
        page.Html.ShouldContain("""<time datetime="2026-11-20T03:07:05Z">12:07</time>""");
        page.Html.ShouldContain("""<strong lang="ja">みかん</strong>""");
    }

    [Fact]
    public async Task The_PIN_field_is_labelled_numeric_and_never_filled_in()
    {
        await PutDownAsync(new TestCard("hanako"));

        var page = await EnterAsync();

        page.Html.ShouldContain("""<label for="pin">""");
        page.Html.ShouldContain("""<input id="pin" name="pin" type="password" autocomplete="off" autocapitalize="off" spellcheck="false" inputmode="numeric" aria-describedby="pin-hint">""");
        page.Html.ShouldNotContain("name=\"password\"");
    }

    [Fact]
    public async Task A_failed_form_never_gives_the_entry_back()
    {
        Portal.Documents = [FakePortal.Bytes(Portal.Enrolment())];
        await PutDownAsync(new TestCard("hanako"));

        var again = await Agent.PostAsync(await EnterAsync(), ("pin", "1234"), ("password", "NO"));

        again.Html.ShouldContain("aria-invalid=\"true\" aria-describedby=\"password-hint password-error\"");
        again.Html.ShouldNotContain("1234");
    }

    [Theory]
    [InlineData("ja", "ja", "ログインするために")]
    [InlineData("en", "en", "Check your card to log in")]
    [InlineData("ja-Hira", "ja", "<ruby>確認<rp>（</rp><rt>かくにん</rt><rp>）</rp></ruby>")]
    [InlineData("fr", "ja", "ログインするために")]
    public async Task The_language_follows_the_query(string tag, string htmlLanguage, string sentence)
    {
        await PutDownAsync(new TestCard("hanako"));

        var page = await EnterAsync(tag);

        page.Html.ShouldContain($"<html lang=\"{htmlLanguage}\">");
        page.Html.ShouldContain(sentence);
    }

    [Fact]
    public async Task Refusals_speak_the_language_of_the_visit()
    {
        await PutDownAsync(new TestCard("hanako"));

        (await Agent.PostAsync(await EnterAsync("en"), ("pin", "9999"))).Html.ShouldContain("The PIN is wrong. Wrong entries left before it locks: 2.");
    }

    [Fact]
    public async Task Every_page_has_one_h1_and_no_script_or_inline_style()
    {
        var pages = new List<AgentPage> { await Agent.OpenAsync("/"), await EnterAsync(), await Agent.OpenAsync("/sign") };
        await PutDownAsync(new TestCard("hanako"));
        var ask = await EnterAsync();
        pages.AddRange([ask, await Agent.PostAsync(ask), await Agent.PostAsync(ask, ("pin", "1234"))]);

        foreach (var html in pages.Select(page => page.Html))
        {
            html.Split("<h1>").Length.ShouldBe(2);
            html.ShouldNotContain("<script");
            html.ShouldNotContain("style=\"");
            html.ShouldContain("<link rel=\"stylesheet\" href=\"/agent.css\">");
        }
    }

    [Fact]
    public void Every_language_has_the_same_sentences_with_the_same_values()
    {
        var japanese = Texts.In(Language.Japanese);
        foreach (var other in Language.All.Select(Texts.In))
        {
            other.Keys.Order(StringComparer.Ordinal).ShouldBe(japanese.Keys.Order(StringComparer.Ordinal));
            foreach (var key in japanese.Keys) UsesValue(other, key).ShouldBe(UsesValue(japanese, key), key);
        }

        static bool UsesValue(Texts texts, string key) => texts[key, ("n", "§"), ("version", "§")].ToString().Contains('§', StringComparison.Ordinal);
    }

    [Fact]
    public void Text_in_markup_is_encoded()
    {
        var hostile = "<b>\"&'";

        Html.Of($"<p title=\"{hostile}\">{hostile}</p>").ToString().ShouldBe("<p title=\"&lt;b&gt;&quot;&amp;&#x27;\">&lt;b&gt;&quot;&amp;&#x27;</p>");
        Html.Of($"{Html.Of($"<p>{hostile}</p>")}").ToString().ShouldBe("<p>&lt;b&gt;&quot;&amp;&#x27;</p>");
    }

    [Fact]
    public async Task What_a_hostile_document_says_is_shown_as_text()
    {
        Portal.Documents = [Portal.Document(document => document with { MatchCode = "<b>1</b>" })];
        await PutDownAsync(new TestCard("hanako"));

        (await EnterAsync()).Html.ShouldContain("&lt;b&gt;1&lt;/b&gt;");
    }
}
