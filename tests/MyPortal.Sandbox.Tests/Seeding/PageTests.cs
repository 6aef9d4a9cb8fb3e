using MyPortal.Sandbox.Seeding;

namespace MyPortal.Sandbox.Tests.Seeding;

public sealed class PageTests
{
    private static readonly Uri Address = new("http://localhost:5080/enrol?step=1");

    [Fact]
    public void A_form_carries_its_hidden_fields_and_what_a_person_must_tick()
    {
        var form = new Page(Address, """
            <form method="post" action="/enrol/card/start">
              <input type="hidden" name="__RequestVerificationToken" value="a&amp;b" />
              <input name=agree type='checkbox' required>
              <input name="news" type="checkbox" value="yes">
              <input name="later" type="radio" value="2" checked />
              <input type="text" name="empty">
              <select name="card"><option>hanako</option></select>
              <button name="go" value="1">Go</button>
            </form>
            """).FormTo("/enrol/card/start");

        form.IsPost.ShouldBeTrue();
        form.Fields.ShouldBe(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["__RequestVerificationToken"] = "a&b", ["agree"] = "on", ["later"] = "2", ["empty"] = "" },
            ignoreOrder: true);
        form.Names.Contains("card").ShouldBeTrue();
    }

    [Fact]
    public void A_form_without_an_action_goes_to_its_own_page() =>
        new Page(Address, "<form method=post><input name=pin></form>").FormWith("pin").Action.ShouldBe(Address);

    [Fact]
    public void A_link_is_found_by_origin_and_path_and_keeps_its_query()
    {
        var page = new Page(Address, """<a class="x" href="/sign">no</a> <a href="http://127.0.0.1:5081/sign?tx=1&amp;ui=ja">Go</a>""");

        page.LinkTo(new Uri("http://127.0.0.1:5081"), "/sign").Query.ShouldBe("?tx=1&ui=ja");
    }

    [Fact]
    public void What_is_missing_is_named_without_the_query_of_the_page()
    {
        var trouble = Should.Throw<SeedingException>(() => new Page(Address, "<h1 tabindex=-1>登録<br>できません</h1>").FormTo("/x"));

        trouble.Message.ShouldBe("The page /enrol 「登録できません」 has no form to /x.");
    }
}
