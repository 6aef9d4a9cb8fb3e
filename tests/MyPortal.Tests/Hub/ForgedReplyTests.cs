using System.Net;
using System.Text;
using MyPortal.Hub;
using MyPortal.Sandbox.Organisations;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Hub;

/// <summary>Replies at the hub's address that are not what the hub says to this very request.</summary>
public sealed class ForgedReplyTests(SharedHubFixture shared) : IClassFixture<SharedHubFixture>
{
    private const string Linkages = "/v1/linkages";

    [Theory]
    [InlineData("NO_ROW", nameof(QueryOutcome.Denied), "hub.no-row")]
    [InlineData("ITEM_OUT_OF_SCOPE", nameof(QueryOutcome.Denied), "hub.item-out-of-scope")]
    [InlineData("LEVEL_TOO_LOW", nameof(QueryOutcome.Denied), "hub.level-too-low")]
    [InlineData("CLASS_NOT_ELIGIBLE", nameof(QueryOutcome.Denied), "hub.class-not-eligible")]
    [InlineData("NOT_PARTICIPANT", nameof(QueryOutcome.Denied), "hub.not-participant")]
    [InlineData("ROW_EXPIRED", nameof(QueryOutcome.Denied), "hub.row-expired")]
    [InlineData("SUBJECT_MISMATCH", nameof(QueryOutcome.Mismatch), "hub.subject-mismatch")]
    [InlineData("SIG_INVALID", nameof(QueryOutcome.Unavailable), "hub.sig-invalid")]
    [InlineData("REPLAY", nameof(QueryOutcome.Unavailable), "hub.replay")]
    [InlineData("SCHEMA", nameof(QueryOutcome.Unavailable), "hub.schema")]
    [InlineData("RATE_LIMIT", nameof(QueryOutcome.Unavailable), "hub.rate-limit")]
    [InlineData("山田花子", nameof(QueryOutcome.Unavailable), "hub.unavailable")]
    public async Task Each_refusal_of_the_protocol_has_a_code_and_nothing_else_passes_for_one(string refusal, string outcome, string code)
    {
        var fixture = shared.Hub;
        var row = await fixture.RowAsync(HubFixture.CityTax);
        var forge = new HubForge(fixture.Hub);
        fixture.Hub.Interference = (request, send) => request.RequestUri!.AbsolutePath is Linkages ? Task.FromResult(forge.Refuse(request, refusal)) : send();

        using var asked = await fixture.AskAsync(row);

        (asked.Outcome.ToString(), asked.Code).ShouldBe((outcome, code));
        (await fixture.RecordsAsync(asked.RequestId))[^1].ShouldEndWith(code);
    }

    [Fact]
    public Task A_reply_with_a_changed_body_is_refused() => ShouldRefuseReplyAsync(async (_, _, send) =>
    {
        var reply = await send();
        var body = await reply.Content.ReadAsByteArrayAsync();
        body[^2] ^= 1;
        reply.Content = new ByteArrayContent(body);
        return reply;
    });

    [Fact]
    public Task A_reply_signed_by_somebody_else_is_refused() => ShouldRefuseReplyAsync((forge, request, _) => Task.FromResult(forge.Reply(request, "{}"u8.ToArray(), signer: TestHub.City)));

    [Theory]
    [InlineData(MessageHead.SignatureHeader, "no base64 !!")]
    [InlineData(MessageHead.SignatureHeader, "AAAA")]
    [InlineData(MessageHead.SignatureHeader, null)]
    [InlineData(MessageHead.TimeHeader, "yesterday")]
    [InlineData(MessageHead.TimeHeader, null)]
    [InlineData(MessageHead.KeyHeader, "")]
    [InlineData(MessageHead.NonceHeader, "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(MessageHead.SenderHeader, "sakura-city")]
    [InlineData(MessageHead.ReceiverHeader, "sakura-city")]
    public Task A_reply_with_a_wrong_header_is_refused(string header, string? value) => ShouldRefuseReplyAsync(async (_, _, send) =>
    {
        var reply = await send();
        reply.Headers.Remove(header);
        if (value is not null)
        {
            reply.Headers.TryAddWithoutValidation(header, value);
        }

        return reply;
    });

    [Fact]
    public Task A_page_of_some_server_in_between_is_refused() => ShouldRefuseReplyAsync((_, _, _) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>", Encoding.UTF8, "text/html") }));

    [Fact]
    public Task A_reply_without_end_is_refused() => ShouldRefuseReplyAsync((forge, request, _) => Task.FromResult(forge.Reply(request, new byte[2 * 1024 * 1024])));

    [Fact]
    public async Task The_reply_to_an_earlier_request_is_refused()
    {
        var fixture = shared.Hub;
        var row = await fixture.RowAsync(HubFixture.CityTax);
        HttpResponseMessage? earlier = null;
        fixture.Hub.Interference = async (request, send) =>
        {
            if (request.RequestUri!.AbsolutePath is not Linkages)
            {
                return await send();
            }

            if (earlier is null)
            {
                earlier = await send();
                await earlier.Content.LoadIntoBufferAsync();
            }

            return Copy(earlier);
        };

        using var first = await fixture.AskAsync(row);
        using var second = await fixture.AskAsync(row);

        first.Outcome.ShouldBe(QueryOutcome.Answered, first.Code);
        (second.Outcome, second.Code).ShouldBe((QueryOutcome.Unavailable, "hub.unavailable"));
    }

    private static HttpResponseMessage Copy(HttpResponseMessage reply)
    {
        var copy = new HttpResponseMessage(reply.StatusCode) { Content = new ByteArrayContent(reply.Content.ReadAsByteArrayAsync().Result) };
        foreach (var (name, values) in reply.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        return copy;
    }

    private async Task ShouldRefuseReplyAsync(Func<HubForge, HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> reply)
    {
        var fixture = shared.Hub;
        var row = await fixture.RowAsync(HubFixture.CityTax);
        var forge = new HubForge(fixture.Hub);
        fixture.Hub.Interference = (request, send) => request.RequestUri!.AbsolutePath is Linkages ? reply(forge, request, send) : send();

        using var asked = await fixture.AskAsync(row);

        (asked.Outcome, asked.Code).ShouldBe((QueryOutcome.Unavailable, "hub.unavailable"));
        asked.Open().ShouldBeNull();
    }
}
