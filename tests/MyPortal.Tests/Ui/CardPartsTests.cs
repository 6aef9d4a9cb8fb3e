using Bunit;
using MyPortal.Ui;

namespace MyPortal.Tests.Ui;

public sealed class CardPartsTests : ComponentTest
{
    private const string AppAddress = "http://127.0.0.1:5081/sign?tx=t";

    [Fact]
    public void The_card_panel_shows_the_number_three_steps_and_a_plain_link()
    {
        var panel = Render<CardPanel>(p => p.Add(c => c.MatchCode, "4F7K").Add(c => c.OpenHref, AppAddress).Add(c => c.BackHref, "/login"));

        panel.Find(".match-code-value").TextContent.ShouldBe("4F7K");
        panel.FindAll("ol > li").Count.ShouldBe(3);
        var open = panel.Find("a.button");
        open.GetAttribute("href").ShouldBe(AppAddress);
        open.GetAttribute("data-enhance-nav").ShouldBe("false", "enhanced navigation would spend a link that works once");
        open.GetAttribute("target").ShouldBe("_blank", "the number stays in sight while the app asks");
        open.GetAttribute("rel").ShouldBe("noopener noreferrer", "the new tab gets no hold on this one");
        open.TextContent.ShouldBe("読み取りアプリを開く（新しいタブ）");
        panel.Find("details summary").TextContent.ShouldBe("何も開かないとき");
        panel.Find("a[href='/login']").TextContent.ShouldBe("やめて戻る", "there is no other way in than the card");
    }

    [Fact]
    public void The_portal_never_asks_for_a_secret()
    {
        Render<CardPanel>(p => p.Add(c => c.MatchCode, "4F7K").Add(c => c.OpenHref, AppAddress)).FindAll("input").ShouldBeEmpty();
        Render<PinHelp>(p => p.Add(h => h.Kind, PinKind.Signature)).FindAll("input").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(PinKind.Authentication, "4桁の暗証番号", "3回"), InlineData(PinKind.Signature, "署名用パスワード", "5回")]
    public void The_hint_says_which_secret_and_when_it_locks(PinKind kind, string which, string misses)
    {
        var hint = Render<PinHelp>(p => p.Add(h => h.Kind, kind).Add(h => h.TriesLeft, 2)).Markup;

        hint.ShouldContain(which);
        hint.ShouldContain(misses);
        hint.ShouldContain("あと2回で");
        hint.ShouldContain("窓口");
    }

    [Fact]
    public void Of_two_hints_one_is_enough_to_say_where_to_unlock() =>
        Render<PinHelp>(p => p.Add(h => h.ShowsUnlock, false)).FindAll("details").ShouldBeEmpty();

    [Fact]
    public void A_secret_says_how_long_it_is_shown()
    {
        Render<OneTimeSecret>(p => p.Add(s => s.Label, "鍵").Add(s => s.Value, "abc")).Find("p").TextContent.ShouldContain("今しか");
        Render<OneTimeSecret>(p => p.Add(s => s.Label, "鍵").Add(s => s.Value, "abc").AddChildContent("書きとめるまで")).Find("p").TextContent.ShouldBe("書きとめるまで");
    }

    [Fact]
    public void A_secret_is_a_value_with_a_copy_button_that_only_scripts_show()
    {
        var secret = Render<OneTimeSecret>(p => p.Add(s => s.Label, "鍵").Add(s => s.Value, "abc").Add(s => s.StoredHref, "/done"));

        secret.Find("code#secret").TextContent.ShouldBe("abc");
        secret.Find("button[data-copy=secret]").HasAttribute("hidden").ShouldBeTrue();
        secret.Find("#secret-status").GetAttribute("role").ShouldBe("status");
        secret.Find("a[href='/done']").TextContent.ShouldBe("控えました");
    }
}
