using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Notices;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Sending;

public sealed class PostNoticeTests
{
    [Fact]
    public async Task An_accepted_notice_says_where_it_is_and_nothing_about_its_recipient()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var code = await city.CodeOfAsync(await portal.EnrolAsync());

        using var posted = await city.PostAsync(TestSender.Letter(code, title: "住民税の通知"));
        var status = await posted.Content.ReadFromJsonAsync<NoticeStatus>(ContractJson.Options, TestContext.Current.CancellationToken);
        using var read = await city.Http.GetAsync(posted.Headers.Location, TestContext.Current.CancellationToken);
        var text = await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        posted.StatusCode.ShouldBe(HttpStatusCode.Created);
        posted.Headers.Location!.OriginalString.ShouldBe($"/api/v1/notices/{status!.Id}");
        status.ShouldBe(new NoticeStatus(status.Id, NoticeState.Delivered, portal.Clock.GetUtcNow(), "withheld", portal.Clock.GetUtcNow()));
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        text.ShouldNotContain("住民税");
        text.ShouldNotContain(code);
    }

    [Fact]
    public async Task Another_senders_notice_is_as_good_as_none()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        using var power = await TestSender.SignedInAsync(portal, isPublic: false);
        var notice = await city.SendAsync(await portal.EnrolAsync());

        using var foreign = await power.Http.GetAsync($"/api/v1/notices/{notice.Id}", TestContext.Current.CancellationToken);
        using var missing = await power.Http.GetAsync($"/api/v1/notices/{Guid.NewGuid()}", TestContext.Current.CancellationToken);

        (await ProblemOfAsync(foreign, HttpStatusCode.NotFound)).ShouldBe(await ProblemOfAsync(missing, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task The_same_key_with_the_same_body_gives_the_same_answer_again_and_no_second_notice()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var citizen = await portal.EnrolAsync();
        var letter = TestSender.Letter(await city.CodeOfAsync(citizen));

        using var first = await city.PostAsync(letter, "key-1");
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        using var again = await city.PostAsync(letter, "key-1");

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        first.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        again.Headers.Location.ShouldBe(first.Headers.Location);
        (await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await using var db = portal.OpenDatabase();
        (await db.Set<Notice>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        (await db.Set<Mailbox>().SingleAsync(TestContext.Current.CancellationToken)).Unread.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var code = await city.CodeOfAsync(await portal.EnrolAsync());
        using var first = await city.PostAsync(TestSender.Letter(code), "key-1");

        using var other = await city.PostAsync(TestSender.Letter(code, title: "別のお知らせ"), "key-1");

        (await ProblemOfAsync(other, HttpStatusCode.UnprocessableEntity)).Code.ShouldBe("idempotency.key-reused");
    }

    [Fact]
    public async Task Two_senders_may_use_the_same_key()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        using var power = await TestSender.SignedInAsync(portal, isPublic: false);
        var citizen = await portal.EnrolAsync();

        using var first = await city.PostAsync(TestSender.Letter(await city.CodeOfAsync(citizen)), "key-1");
        using var second = await power.PostAsync(TestSender.Letter(await power.CodeOfAsync(citizen)), "key-1");

        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.Headers.Location.ShouldNotBe(first.Headers.Location);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("鍵"), InlineData("long")]
    public async Task Without_a_usable_key_nothing_is_accepted(string? key)
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var letter = JsonContent.Create(TestSender.Letter(await city.CodeOfAsync(await portal.EnrolAsync())), options: ContractJson.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/notices") { Content = letter };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key is "long" ? new string('k', 101) : key);
        }

        using var answer = await city.Http.SendAsync(request, TestContext.Current.CancellationToken);

        (await ProblemOfAsync(answer, HttpStatusCode.BadRequest)).Code.ShouldBe("idempotency.key-missing");
    }

    [Fact]
    public async Task A_recipient_who_is_unknown_malformed_or_another_senders_is_answered_alike_and_leaves_nothing()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        using var power = await TestSender.SignedInAsync(portal, isPublic: false);
        var foreign = await city.CodeOfAsync(await portal.EnrolAsync());
        string[] codes = [foreign, "0123456789ABCDEFGHJKMNPQRS", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "short", "", "🐈", new('0', 5_000)];

        var answers = new List<ApiProblem>();
        foreach (var code in codes)
        {
            using var answer = await power.PostAsync(TestSender.Letter(code));
            answers.Add(await ProblemOfAsync(answer, HttpStatusCode.Forbidden));
        }

        answers.Distinct().ShouldHaveSingleItem().Code.ShouldBe("notice.recipient-unknown");
        await using var db = portal.OpenDatabase();
        (await db.Set<Notice>().AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await db.Set<Mailbox>().AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await db.Set<AcceptedPost>().AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("text/plain"), InlineData("application/xml"), InlineData("application/x-www-form-urlencoded"), InlineData(null)]
    public async Task Another_content_type_is_refused(string? type)
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var body = new ByteArrayContent("{}"u8.ToArray());
        body.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        using var answer = await city.PostAsync(body);

        (await ProblemOfAsync(answer, HttpStatusCode.UnsupportedMediaType)).Code.ShouldBe("request.not-json");
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read(bool isChunked)
    {
        await using var portal = await TestPortal.StartOnSocketAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var body = new StringContent(new string(' ', 300 * 1024), Encoding.UTF8, "application/json");
        city.Http.DefaultRequestHeaders.TransferEncodingChunked = isChunked;

        using var answer = await city.PostAsync(body);

        (await ProblemOfAsync(answer, HttpStatusCode.RequestEntityTooLarge)).Code.ShouldBe("request.too-large");
    }

    private static async Task<ApiProblem> ProblemOfAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return (await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options))! with { TraceId = "" };
    }
}
