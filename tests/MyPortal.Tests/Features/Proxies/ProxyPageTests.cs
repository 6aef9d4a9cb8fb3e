using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Proxies;
using MyPortal.Features.Proxies.Inviting;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Proxies;

/// <summary>The pages around proxies: nothing chosen in advance, three languages, and whose page it is.</summary>
public sealed class ProxyPageTests
{
    [Fact]
    public async Task Nothing_is_chosen_in_advance_and_a_mandate_has_an_end()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var names = new[] { ("principalName", ProxyFixture.FatherName), ("proxyName", ProxyFixture.DaughterName), ("lastDay", LastDay(fixture)) };

        var what = await PressAsync(fixture, 1, names);
        var may = await PressAsync(fixture, 2, [.. names, ("sender", fixture.City.Id.ToString())]);
        var until = await PressAsync(fixture, 3, [.. names, ("sender", fixture.City.Id.ToString()), ("view", "yes")]);

        what.QuerySelectorAll("input[type=checkbox]").Length.ShouldBe(9);
        foreach (var page in new[] { what, may })
        {
            page.QuerySelectorAll("input[checked]").ShouldBeEmpty();
        }

        until.QuerySelector("#lastDay")!.GetAttribute("value").ShouldBe(LastDay(fixture));
    }

    [Fact]
    public async Task A_step_without_a_choice_says_what_to_do_and_keeps_what_was_entered()
    {
        await using var fixture = await ProxyFixture.StartAsync();

        var page = await PressAsync(fixture, 2, [("principalName", ProxyFixture.FatherName), ("proxyName", ProxyFixture.DaughterName)]);

        page.QuerySelector(".error-summary a").Words().ShouldBe("代理で見られるものを1つ以上選んでください");
        page.QuerySelector("input[type=hidden][name=proxyName]")!.GetAttribute("value").ShouldBe(ProxyFixture.DaughterName);
        page.QuerySelector("#scope").ShouldNotBeNull("the summary leads to a field");
        page.Title.ShouldStartWith("エラー：");
    }

    [Fact]
    public async Task A_refused_code_and_an_unreadable_day_stay_in_the_form()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var form = (await fixture.Daughter.Browser.OpenAsync("/proxy/invitations")).QuerySelector("main form")!;
        using var claimed = await fixture.Daughter.Browser.SubmitAsync(form, ("code", "abcd-efgh-jkmn-pqrs-tvwx-yz01-23"));
        (await ReadPage.ParseAsync(claimed)).GetElementById("code")!.GetAttribute("value").ShouldBe("abcd-efgh-jkmn-pqrs-tvwx-yz01-23", "nobody types 26 characters twice");

        var until = await PressAsync(fixture, 4, [("principalName", ProxyFixture.FatherName), ("proxyName", ProxyFixture.DaughterName), ("sender", fixture.City.Id.ToString()), ("view", "yes"), ("lastDay", "来年の春")]);

        until.GetElementById("lastDay")!.GetAttribute("value").ShouldBe("来年の春");
        until.QuerySelector(".error-summary a")!.GetAttribute("href")!.ShouldEndWith("#lastDay");
    }

    [Fact]
    public async Task Both_names_are_asked_for_at_once()
    {
        await using var fixture = await ProxyFixture.StartAsync();

        (await PressAsync(fixture, 1, [])).QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")!.Split('#')[1]).ShouldBe(["principalName", "proxyName"]);
    }

    [Theory]
    [InlineData("ja-JP", "止めずに戻る", "代理を止める"), InlineData("en", "Go back without stopping", "Stop the proxy")]
    public async Task Whoever_stops_a_proxy_can_tell_the_two_buttons_apart(string language, string back, string stop)
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();

        var page = await fixture.Father.Browser.OpenAsync($"/proxy/{id}/end", language);

        page.QuerySelectorAll("form > .actions > .button").Select(button => button.Words()).ShouldBe([back, stop]);
        page.QuerySelector("form > .actions > a")!.GetAttribute("href").ShouldBe($"/proxy/{id}");
    }

    [Fact]
    public async Task Whoever_is_pressed_to_write_a_mandate_reads_whom_to_call()
    {
        await using var fixture = await ProxyFixture.StartAsync();

        var check = await PressAsync(fixture, 4, [("principalName", ProxyFixture.FatherName), ("proxyName", ProxyFixture.DaughterName), ("sender", fixture.City.Id.ToString()), ("view", "yes"), ("lastDay", LastDay(fixture))]);

        check.QuerySelector(".note a[href='tel:%239110']").Words().ShouldBe("#9110");
        check.QuerySelector(".note a[href='/help#proxy']").ShouldNotBeNull();
        (await fixture.Father.Browser.OpenAsync("/help")).QuerySelector("a[href='tel:%239110']").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_folder_says_on_top_of_every_page_whose_it_is_and_what_may_be_seen()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        var notice = await fixture.SendAsync(fixture.City);
        foreach (var path in new[] { $"/p/{id}/inbox", $"/p/{id}/inbox/{notice}" })
        {
            var page = await fixture.Daughter.Browser.OpenAsync(path);

            var band = page.QuerySelector("header + section.proxy-band").ShouldNotBeNull("first thing after the header");
            band.Words().ShouldContain("山田 太郎さんのお知らせを、代理で見ています");
            band.Words().ShouldContain("さくら市");
            band.QuerySelector("a[href='/']").ShouldNotBeNull();
            page.Title.ShouldStartWith("【代理：山田　太郎】");
        }

        (await fixture.Daughter.Browser.OpenAsync("/inbox")).QuerySelector(".proxy-band").ShouldBeNull();
    }

    [Fact]
    public async Task A_program_that_looks_ahead_opens_nothing()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        var notice = await fixture.SendAsync(fixture.City);
        foreach (var (verb, header) in ((string, string)[])[("GET", "Sec-Purpose"), ("GET", "Purpose"), ("HEAD", "Accept")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(verb), $"/p/{id}/inbox/{notice}");
            request.Headers.TryAddWithoutValidation(header, "prefetch");
            using var answer = await fixture.Daughter.Browser.SendAsync(request, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await fixture.ListAsync((await fixture.FolderAsync(id)).ShouldNotBeNull().Viewer)).ShouldNotBeNull().Unread.ShouldBe(1);
    }

    [Fact]
    public async Task An_ended_folder_says_so_and_when()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        await fixture.StopAsync(id);

        var page = await fixture.Daughter.Browser.OpenAsync($"/p/{id}/inbox", expected: HttpStatusCode.Gone);

        page.Heading().ShouldBe("この代理は終わりました");
        page.QuerySelector("main time").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_home_page_counts_who_can_see_it_and_what_waits_for_a_signature()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        (await fixture.Father.Browser.OpenAsync("/")).QuerySelector("[aria-labelledby=watchers-title]").Words().ShouldContain("見られる人はいません");
        await fixture.ActivateAsync();

        (await fixture.Father.Browser.OpenAsync("/")).QuerySelector("[aria-labelledby=watchers-title]").Words().ShouldContain("代理人 1人");
    }

    [Fact]
    public async Task Easy_Japanese_has_a_reading_above_every_kanji_of_ours()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        var waiting = await fixture.InviteAsync();
        foreach (var (who, path) in new[]
        {
            (fixture.Father, "/proxy"), (fixture.Father, $"/proxy/{id}"), (fixture.Father, $"/proxy/{waiting.Id}"), (fixture.Father, $"/proxy/{id}/end"), (fixture.Father, "/proxy/new"),
            (fixture.Daughter, "/proxy"), (fixture.Daughter, "/proxy/invitations"), (fixture.Daughter, $"/p/{id}/inbox"), (fixture.Father, "/step-up"),
        })
        {
            var page = await who.Browser.OpenAsync(path, "ja-Hira");
            foreach (var foreign in page.QuerySelectorAll("ruby, main [lang]").ToList())
            {
                foreign.Remove();
            }

            page.QuerySelector("main").Words().ShouldAllBe(letter => letter < '一' || letter > '龯', path);
        }
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task The_last_step_sent_three_times_makes_one_invitation_and_shows_its_code_each_time(bool isAtOnce)
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var fields = (await LastStepAsync(fixture)).ToList();
        var codes = new List<string>();
        if (isAtOnce)
        {
            codes.AddRange(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => WriteAsync(fixture, fields))));
        }
        else
        {
            for (var i = 0; i < 3; i++)
            {
                codes.Add(await WriteAsync(fixture, fields));
            }
        }

        codes.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().Length.ShouldBe(32);
        await using (var db = fixture.Portal.OpenDatabase())
        {
            (await db.Set<Mandate>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        }

        (await fixture.ClaimAsync(codes[0])).IsRefused.ShouldBeFalse();
        using var content = new FormUrlEncodedContent(fields);
        using var late = await fixture.Father.Browser.PostAsync("/proxy/new", content, TestContext.Current.CancellationToken);
        late.Headers.Location!.OriginalString.ShouldStartWith("/proxy/", customMessage: "what the code was for goes on already");
    }

    [Fact]
    public async Task Other_words_or_a_form_of_its_own_make_another_invitation()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var fields = (await LastStepAsync(fixture)).ToList();
        var first = await WriteAsync(fixture, fields);

        (await WriteAsync(fixture, [.. fields.Where(field => field.Key is not "proxyName"), KeyValuePair.Create("proxyName", "佐藤　花子")])).ShouldNotBe(first, StringComparer.Ordinal);
        (await WriteAsync(fixture, await LastStepAsync(fixture))).ShouldNotBe(first, StringComparer.Ordinal);
    }

    private static async Task<IEnumerable<KeyValuePair<string, string>>> LastStepAsync(ProxyFixture fixture)
    {
        var form = (await fixture.Father.Browser.OpenAsync("/proxy/new")).QuerySelector("main form").ShouldNotBeNull();
        return form.QuerySelectorAll("input[type=hidden]").Where(input => input.GetAttribute("name") is not ("step" or "lastDay"))
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? ""))
            .Concat(new (string Name, string Value)[]
            {
                ("step", "5"), ("go", "on"), ("principalName", ProxyFixture.FatherName), ("proxyName", ProxyFixture.DaughterName), ("sender", fixture.City.Id.ToString()), ("view", "yes"), ("lastDay", LastDay(fixture)),
            }.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));
    }

    private static async Task<string> WriteAsync(ProxyFixture fixture, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await fixture.Father.Browser.PostAsync("/proxy/new", content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await ReadPage.ParseAsync(answer)).QuerySelector("#invitation-code").Words();
    }

    private static string LastDay(ProxyFixture fixture) =>
        InviteProxy.DayInJapan(fixture.Portal.Clock.GetUtcNow()).AddYears(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<AngleSharp.Dom.IDocument> PressAsync(ProxyFixture fixture, int step, IReadOnlyList<(string Name, string Value)> entries)
    {
        var form = (await fixture.Father.Browser.OpenAsync("/proxy/new")).QuerySelector("main form").ShouldNotBeNull();
        var hidden = form.QuerySelectorAll("input[name^=_]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? ""));
        using var content = new FormUrlEncodedContent(hidden.Concat(entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)))
            .Append(KeyValuePair.Create("step", $"{step}")).Append(KeyValuePair.Create("go", "on")));
        using var answer = await fixture.Father.Browser.PostAsync("/proxy/new", content, TestContext.Current.CancellationToken);
        return await ReadPage.ParseAsync(answer);
    }
}
