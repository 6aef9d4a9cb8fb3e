using System.Net;
using System.Net.Http.Json;
using System.Text;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Notices.Sending;
using MyPortal.Features.Senders.Public;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Notices.Sending;

public sealed class PostNoticeFaultTests
{
    private static readonly PostNotice Good = TestSender.Letter("0123456789ABCDEFGHJKMNPQRS");
    private static readonly NoticeContent Words = Good.Contents[0];

    /// <summary>Each way to spoil a notice of a private sender: the one fault that must be found, as <c>pointer code</c>.</summary>
    private static readonly Dictionary<string, PostNotice> Spoiled = new(StringComparer.Ordinal)
    {
        ["/contents notice.contents-missing"] = Good with { Contents = [] },
        ["/contents/0 notice.content-missing"] = Good with { Contents = [null!] },
        ["/contents/1/language notice.language-unknown"] = Good with { Contents = [Words, Words with { Language = "fr" }] },
        ["/contents/2/language notice.language-repeated"] = Good with { Contents = [Words, Words with { Language = "en" }, Words] },
        ["/contents/0/title notice.title-missing"] = Good with { Contents = [Words with { Title = "　" }] },
        ["/contents/0/body notice.body-missing"] = Good with { Contents = [Words with { Body = "\n" }] },
        ["/contents/0/title notice.text-too-long"] = Good with { Contents = [Words with { Title = new string('題', 61) }] },
        ["/contents/0/summary notice.text-too-long"] = Good with { Contents = [Words with { Summary = new string('要', 121) }] },
        ["/contents/0/body notice.text-too-long"] = Good with { Contents = [Words with { Body = new string('文', 20_001) }] },
        ["/contents/0/body notice.body-too-complex"] = Good with { Contents = [Words with { Body = string.Concat(Enumerable.Repeat("[](", 6_600)) }] },
        ["/contents/1/body notice.body-too-complex"] = Good with { Contents = [Words, Words with { Language = "en", Body = string.Concat(Enumerable.Repeat("*a **b ", 140)) + string.Concat(Enumerable.Repeat(" b** a*", 140)) }] },
        ["/contents/0/title notice.control-character"] = Good with { Contents = [Words with { Title = "題\n名" }] },
        ["/contents/0/summary notice.control-character"] = Good with { Contents = [Words with { Summary = "要\u0085約" }] },
        ["/contents/0/title notice.hidden-character"] = Good with { Contents = [Words with { Title = "\u202E逆" }] },
        ["/contents/0/title notice.stacked-characters"] = Good with { Contents = [Words with { Title = "Z" + new string('\u0301', 8) }] },
        ["/contents/0/summary notice.text-blank"] = Good with { Contents = [Words with { Summary = "\u2800" }] },
        ["/contents/0/summary notice.hidden-character"] = Good with { Contents = [Words with { Summary = "要\u2066約" }] },
        ["/contents/0/body notice.control-character"] = Good with { Contents = [Words with { Body = "一行目\n\0" }] },
        ["/contents/0/body notice.hidden-character"] = Good with { Contents = [Words with { Body = "# 題\n\n本\u200B文" }] },
        ["/reason notice.reason-missing"] = Good with { Reason = null },
        ["/reason notice.hidden-character"] = Good with { Reason = "理\u2060由" },
        ["/concerns notice.text-blank"] = Good with { Concerns = "　" },
        ["/concerns notice.hidden-character"] = Good with { Concerns = "件\U000E0041名" },
        ["/reason notice.text-too-long"] = Good with { Reason = new string('理', 201) },
        ["/reason notice.control-character"] = Good with { Reason = "理\u0000由" },
        ["/concerns notice.text-too-long"] = Good with { Concerns = new string('件', 101) },
        ["/concerns notice.control-character"] = Good with { Concerns = "件\t名" },
    };

    public static TheoryData<string> Faults => [.. Spoiled.Keys];

    [Theory, MemberData(nameof(Faults))]
    public void Each_fault_is_named_with_its_place(string fault)
    {
        var found = CheckNotice.FaultsIn(Spoiled[fault], new CallingSender(default, IsPublic: false));

        found.Select(one => $"{one.Pointer} {one.Code}").ShouldBe([fault]);
    }

    /// <summary>Markdown writes any character by its number or its name too.</summary>
    [Theory]
    [InlineData("本文&#x202E;", "notice.hidden-character"), InlineData("本文&#8203;", "notice.hidden-character"), InlineData("本文&ZeroWidthSpace;", "notice.hidden-character"), InlineData("本文&rlm;", "notice.hidden-character")]
    [InlineData("本文&shy;", "notice.hidden-character"), InlineData("本文&NoBreak;", "notice.hidden-character"), InlineData("本文&#x0B;", "notice.control-character"), InlineData("&#x2800;&nbsp;", "notice.body-missing")]
    public void A_character_of_the_body_is_judged_as_it_is_read(string body, string code) =>
        CheckNotice.FaultsIn(Good with { Contents = [Words with { Body = body }] }, new CallingSender(default, IsPublic: false)).ShouldBe([new ApiFault("/contents/0/body", code)]);

    [Fact]
    public void An_ordinary_body_with_entities_lists_and_emoji_is_taken() =>
        CheckNotice.FaultsIn(
            Good with { Contents = [Words with { Summary = "", Body = "# 題&amp;名\r\n\r\n- 一\n\t- 二&nbsp;三 ❤️ 👩‍👧\n\n葛\U000E0100城市 &copy; &#9742; &unknown; &#;" }], Concerns = "" },
            new CallingSender(default, IsPublic: false)).ShouldBeEmpty();

    [Fact]
    public void The_longest_allowed_words_are_allowed_and_are_counted_as_people_count()
    {
        var longest = new PostNotice(
            Good.Recipient,
            NoticeType.Bill,
            [new NoticeContent("ja", string.Concat(Enumerable.Repeat("𠮷", 60)), new string('文', 20_000), string.Concat(Enumerable.Repeat("𠮷", 120)))],
            string.Concat(Enumerable.Repeat("𠮷", 200)),
            string.Concat(Enumerable.Repeat("𠮷", 100)),
            DateOnly.MaxValue);

        CheckNotice.FaultsIn(longest, new CallingSender(default, IsPublic: false)).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_faults_come_at_once()
    {
        await using var portal = await TestPortal.StartAsync();
        using var power = await TestSender.SignedInAsync(portal, isPublic: false);

        using var answer = await power.PostAsync(new PostNotice("x", NoticeType.Info, [new NoticeContent("xx", "", "")]));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, TestContext.Current.CancellationToken);
        problem!.Code.ShouldBe("notice.invalid");
        problem.Errors!.Select(fault => fault.Code).ShouldBe(["notice.language-unknown", "notice.title-missing", "notice.body-missing", "notice.reason-missing"]);
        problem.Truncated.ShouldBeNull();
    }

    [Fact]
    public async Task A_hundred_faults_are_listed_and_the_rest_is_said_to_exist()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);

        using var answer = await city.PostAsync(Good with { Contents = [.. Enumerable.Repeat(Words with { Language = "xx" }, 101)] });

        var problem = await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, TestContext.Current.CancellationToken);
        problem!.Errors!.Count.ShouldBe(100);
        problem.Truncated.ShouldBe(true);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("{\"recipient\":", "/recipient")]
    [InlineData("{\"recipient\":1,\"type\":\"info\",\"contents\":[]}", "/recipient")]
    [InlineData("{\"recipient\":null,\"type\":\"info\",\"contents\":[]}", "/recipient")]
    [InlineData("{\"recipient\":\"a\",\"recipient\":\"b\",\"type\":\"info\",\"contents\":[]}", "/recipient")]
    [InlineData("{\"recipient\":\"a\",\"type\":\"letter\",\"contents\":[]}", "/type", "request.word-unknown")]
    [InlineData("{\"recipient\":\"a\",\"type\":\"decision,reminder\",\"contents\":[]}", "/type", "request.word-unknown")]
    [InlineData("{\"recipient\":\"a\",\"type\":\"info,bill\",\"contents\":[]}", "/type", "request.word-unknown")]
    [InlineData("{\"recipient\":\"a\",\"type\":\"Bill\",\"contents\":[]}", "/type", "request.word-unknown")]
    [InlineData("{\"recipient\":\"a\",\"type\":\"info\",\"contents\":[{\"language\":\"ja\",\"body\":\"b\"}]}", "/contents/0/title", "request.field-missing")]
    [InlineData("{\"recipient\":\"a\",\"type\":0,\"contents\":[]}", "/type")]
    [InlineData("{\"recipient\":\"a\",\"type\":\"info\"}", "/contents", "request.field-missing")]
    [InlineData("{\"recipient\":\"a\",\"type\":\"info\",\"contents\":[{\"language\":\"ja\",\"title\":\"t\",\"body\":7}]}", "/contents/0/body")]
    [InlineData("{\"recipient\":\"a\",\"type\":\"info\",\"contents\":[],\"dueOn\":\"2026-13-01\"}", "/dueOn")]
    [InlineData("{\"recipient\":\"\\ud800\",\"type\":\"info\",\"contents\":[]}", "/recipient")]
    public async Task Malformed_JSON_is_refused_with_its_place(string body, string pointer, string code = "request.malformed-json")
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);

        using var answer = await city.PostAsync(new StringContent(body, Encoding.UTF8, "application/json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, TestContext.Current.CancellationToken);
        problem!.Code.ShouldBe("request.malformed-json");
        problem.Errors.ShouldBe([new ApiFault(pointer, code)]);
    }

    [Theory]
    [InlineData("application/jsonx"), InlineData("application/json-patch+json"), InlineData("application/json; charset=utf-16"), InlineData("text/plain"), InlineData("application/x-www-form-urlencoded")]
    public async Task Another_media_type_is_refused(string mediaType)
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var body = new ByteArrayContent(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Good, ContractJson.Options));
        body.Headers.TryAddWithoutValidation("Content-Type", mediaType);

        using var answer = await city.PostAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options, TestContext.Current.CancellationToken))!.Code.ShouldBe("request.not-json");
    }

    [Fact]
    public async Task Members_that_nobody_reads_are_told_with_the_answer_and_with_its_repetition()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var code = await city.CodeOfAsync(await portal.EnrolAsync());
        var body = $$"""{"recipient":"{{code}}","type":"bill","amount":5400,"contents":[{"language":"ja","title":"請求","body":"本文","pay-by":"store"}]}""";

        using var first = await city.PostAsync(new StringContent(body, Encoding.UTF8, "application/json"), "key-1");
        using var again = await city.PostAsync(new StringContent(body, Encoding.UTF8, "application/json"), "key-1");
        using var plain = await city.PostAsync(TestSender.Letter(code));

        foreach (var answer in new[] { first, again })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            (await StatusIn(answer)).Ignored.ShouldBe(["/amount", "/contents/0/pay-by"]);
        }

        (await StatusIn(plain)).Ignored.ShouldBeNull();
        var status = await city.Http.GetStringAsync(first.Headers.Location, TestContext.Current.CancellationToken);
        status.ShouldNotContain("ignored");
    }

    private static async Task<NoticeStatus> StatusIn(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<NoticeStatus>(ContractJson.Options, TestContext.Current.CancellationToken))!;

    [Fact]
    public async Task Two_thousand_mutated_bodies_never_make_the_portal_fail()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var letter = Good with { Recipient = await city.CodeOfAsync(await portal.EnrolAsync()), DueOn = new DateOnly(2026, 12, 1), Concerns = "長男", Contents = [Words, Words with { Language = "en" }] };
        var seed = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(letter, ContractJson.Options);
        byte[][] pieces = ["null"u8.ToArray(), "{"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), "\""u8.ToArray(), ","u8.ToArray(), "1e999"u8.ToArray(), "\\u0000"u8.ToArray(), "\\ud800"u8.ToArray(), [0xFF], [0xC0, 0x80], [0], "0001-01-01"u8.ToArray(), "9999-12-31"u8.ToArray(), "-"u8.ToArray()];
        var random = new Random(20261121);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = seed.ToList();
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(3))
                {
                    case 0: bytes.RemoveRange(at, random.Next(Math.Min(8, bytes.Count - at))); break;
                    case 1: bytes.InsertRange(at, pieces[random.Next(pieces.Length)]); break;
                    default: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                }
            }

            var body = new ByteArrayContent([.. bytes]);
            body.Headers.ContentType = new("application/json");
            using var answer = await city.PostAsync(body);

            ((int)answer.StatusCode).ShouldBeLessThan(500, Encoding.Latin1.GetString([.. bytes]));
        }
    }

    [Fact]
    public async Task Whatever_was_accepted_can_be_listed_and_opened()
    {
        await using var portal = await TestPortal.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var hanako = await portal.SignInAsync();
        var code = await city.CodeOfAsync(hanako.Citizen);
        PostNotice[] odd =
        [
            TestSender.Letter(code, body: new string('>', 20)) with { DueOn = DateOnly.MinValue },
            TestSender.Letter(code, title: "مرحبا‼️", body: "\uFFFD\t\r\n葛\U000E0100") with { DueOn = DateOnly.MaxValue },
            TestSender.Letter(code, title: "<script>", body: "[x](https://\u3002)") with { Concerns = "&amp;<b>" },
        ];
        foreach (var letter in odd)
        {
            using var answer = await city.PostAsync(letter);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            foreach (var page in new[] { "/", "/inbox", "/inbox/" + answer.Headers.Location!.OriginalString.Split('/')[^1] })
            {
                using var shown = await hanako.Browser.GetAsync(page, TestContext.Current.CancellationToken);
                shown.StatusCode.ShouldBe(HttpStatusCode.OK, page);
            }
        }
    }
}
