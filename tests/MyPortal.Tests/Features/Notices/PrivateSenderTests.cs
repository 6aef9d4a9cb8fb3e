using System.Net;
using System.Net.Http.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices;

public sealed class PrivateSenderTests
{
    [Fact, Requirement(131)]
    public async Task A_business_puts_what_must_reach_this_one_person_into_the_folder_month_after_month_and_says_why()
    {
        await using var portal = await TestPortal.StartAsync();
        using var insurer = await TestSender.RegisterAsync(portal, isPublic: false, name: "ひまわり生命");
        var citizen = await portal.EnrolAsync("花子さん");
        var code = await insurer.CodeOfAsync(citizen);
        (NoticeType Type, string Title, string Reason)[] year =
        [
            (NoticeType.Contract, "ご契約内容のお知らせ 春", "ご契約者ご本人に毎年お知らせする決まりのため"),
            (NoticeType.Contract, "ご契約内容のお知らせ 秋", "保険料が変わることをご本人に確かめていただくため"),
            (NoticeType.Certificate, "生命保険料控除証明書", "年末調整と確定申告にご本人が使うため"),
        ];

        foreach (var (type, title, reason) in year)
        {
            await insurer.SignInAsync();
            using var posted = await insurer.PostAsync(new PostNotice(code, type, [new NoticeContent("ja", title, "本文です。")], reason, "証券番号 末尾 123"));
            posted.StatusCode.ShouldBe(HttpStatusCode.Created);
            portal.Clock.Advance(TimeSpan.FromDays(120));
        }

        var hanako = await portal.SignInAsync(citizen);
        var folder = await hanako.Browser.GetStringAsync("/inbox", TestContext.Current.CancellationToken);
        var links = folder.Split("href=\"/inbox/").Skip(1).Select(rest => rest.Split('"')[0]).ToList();
        links.Count.ShouldBe(3);
        folder.Split("ひまわり生命").Length.ShouldBe(4);
        foreach (var ((_, title, reason), id) in year.Reverse().Zip(links))
        {
            var page = await hanako.Browser.GetStringAsync("/inbox/" + id, TestContext.Current.CancellationToken);
            page.ShouldContain(title);
            page.ShouldContain(reason);
        }
    }

    [Theory, Requirement(131)]
    [InlineData(null), InlineData(""), InlineData("　 ")]
    public async Task Without_a_reason_a_business_may_not_send(string? reason)
    {
        await using var portal = await TestPortal.StartAsync();
        using var insurer = await TestSender.SignedInAsync(portal, isPublic: false);
        var code = await insurer.CodeOfAsync(await portal.EnrolAsync());

        using var answer = await insurer.PostAsync(TestSender.Letter(code) with { Reason = reason });

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, TestContext.Current.CancellationToken);
        problem!.Errors.ShouldBe([new ApiFault("/reason", "notice.reason-missing")]);
    }

    [Fact]
    public async Task An_agency_acts_under_a_law_and_needs_no_reason()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var code = await city.CodeOfAsync(await portal.EnrolAsync());

        using var answer = await city.PostAsync(TestSender.Letter(code) with { Reason = null });

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
