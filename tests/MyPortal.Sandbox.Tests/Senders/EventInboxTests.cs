using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Sandbox.Senders.Events;

namespace MyPortal.Sandbox.Tests.Senders;

public sealed class EventInboxTests : IAsyncLifetime
{
    private static readonly Uri Address = new("http://127.0.0.1:5108/sakura-city/events");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int asked;
    private WebApplication portal = null!;
    private EventInbox inbox = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
        portal = builder.Build();
        var point = key.ExportParameters(false).Q;
        portal.MapGet("/api/v1/message-keys", () =>
        {
            asked++;
            return Results.Json(new MessageKeySet([new MessageKeyEntry("EC", "P-256", Url(point.X!), Url(point.Y!), new string('k', 43), "sig", "ES256")]), ContractJson.Options);
        });
        await portal.StartAsync();
        http = new HttpClient();
        inbox = new EventInbox(new Uri(portal.Urls.Single()), http, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        http.Dispose();
        key.Dispose();
    }

    [Fact]
    public async Task A_signed_event_is_taken_and_a_repetition_is_counted()
    {
        var message = Signed(Event());

        (await inbox.TakeAsync("sakura-city", message, CancellationToken.None)).ShouldBeNull();
        (await inbox.TakeAsync("sakura-city", message, CancellationToken.None)).ShouldBeNull();

        inbox.Events.Single().Times.ShouldBe(2);
        asked.ShouldBe(1, "a key that is known is not asked for again");
    }

    [Fact]
    public async Task A_forged_event_is_refused_and_counted()
    {
        var message = Signed(Event());

        (await inbox.TakeAsync("sakura-city", message with { Body = [.. message.Body, (byte)' '] }, CancellationToken.None)).ShouldBe("another body");

        inbox.Events.ShouldBeEmpty();
        inbox.Refused.ShouldBe(1);
    }

    [Fact]
    public async Task A_type_nobody_knows_yet_is_acknowledged_and_left_aside()
    {
        (await inbox.TakeAsync("sakura-city", Signed("{\"type\":\"something.else\"}"), CancellationToken.None)).ShouldBeNull();

        inbox.Events.ShouldBeEmpty();
    }

    private static string Event()
    {
        var now = DateTimeOffset.UnixEpoch;
        return System.Text.Json.JsonSerializer.Serialize(
            new SenderEvent("1.0", Guid.NewGuid(), "http://localhost:5080", SenderEventTypes.NoticeDelivered, "/api/v1/notices/x", now, "application/json", new NoticeStatus(Guid.NewGuid(), NoticeState.Delivered, now, "withheld", now)),
            ContractJson.Options);
    }

    private ArrivedMessage Signed(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:";
        var input = $"(\"@method\" \"@target-uri\" \"content-type\" \"content-digest\" \"idempotency-key\");created={DateTimeOffset.UtcNow.ToUnixTimeSeconds()};keyid=\"{new string('k', 43)}\";alg=\"ecdsa-p256-sha256\";tag=\"myportal\"";
        var signed = $"\"@method\": POST\n\"@target-uri\": {Address}\n\"content-type\": application/cloudevents+json\n\"content-digest\": {digest}\n\"idempotency-key\": \"1\"\n\"@signature-params\": {input}";
        var signature = Convert.ToBase64String(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
        return new ArrivedMessage(Address, "application/cloudevents+json", digest, "\"1\"", $"myportal={input}", $"myportal=:{signature}:", body);
    }

    private static string Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
