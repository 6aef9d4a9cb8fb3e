using System.Net.Http.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Outbox;
using MyPortal.Sandbox.Senders.Events;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Outbox;

/// <summary>The check is the sandbox's own code, written from docs/sender-api.md and not from ours.</summary>
public sealed class MessageSignatureTests
{
    [Fact]
    public async Task A_receiver_finds_the_message_to_be_the_portals()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var message = await ArriveAsync(fixture);

        MessageCheck.FaultIn(message, [fixture.PublicKey], fixture.Clock.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public async Task A_receiver_finds_every_change()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var message = await ArriveAsync(fixture);
        var now = fixture.Clock.GetUtcNow();
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);

        MessageCheck.FaultIn(message with { Body = "{\"a\":2}"u8.ToArray() }, [fixture.PublicKey], now).ShouldBe("another body");
        MessageCheck.FaultIn(message with { Address = new Uri("http://127.0.0.1:1/events") }, [fixture.PublicKey], now).ShouldBe("bad signature");
        MessageCheck.FaultIn(message with { ContentType = "text/plain" }, [fixture.PublicKey], now).ShouldBe("bad signature");
        MessageCheck.FaultIn(message with { IdempotencyKey = $"\"{Guid.NewGuid():D}\"" }, [fixture.PublicKey], now).ShouldBe("bad signature");
        MessageCheck.FaultIn(message with { Signature = "" }, [fixture.PublicKey], now).ShouldBe("no signature");
        MessageCheck.FaultIn(message with { Input = message.Input.Replace("\"content-digest\" ", "", StringComparison.Ordinal) }, [fixture.PublicKey], now).ShouldBe("the signature covers something else");
        MessageCheck.FaultIn(message, [], now).ShouldBe("unknown key");
        MessageCheck.FaultIn(message, [fixture.PublicKey], now.AddMinutes(6)).ShouldBe("too old");
        MessageCheck.FaultIn(message, [fixture.PublicKey], now.AddMinutes(-6)).ShouldBe("too old");
    }

    [Theory]
    [InlineData("https://送信元.example/events"), InlineData("https://xn--vuqp7ay09k.example/events")]
    public async Task The_signature_names_a_Japanese_domain_as_the_wire_does(string registered)
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var (id, body, now) = (Guid.NewGuid(), "{}"u8.ToArray(), fixture.Clock.GetUtcNow());
        var headers = MessageSignature.HeadersFor(id, new Uri("https://送信元.example/events"), body, fixture.Key, now).ToDictionary(StringComparer.Ordinal);

        var message = new ArrivedMessage(new Uri(registered), MessageSignature.ContentType, headers["Content-Digest"], headers["Idempotency-Key"], headers["Signature-Input"], headers["Signature"], body);

        MessageCheck.FaultIn(message, [fixture.PublicKey], now).ShouldBeNull();
    }

    [Fact]
    public async Task Every_attempt_is_signed_anew_and_keeps_its_identifier()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        fixture.Receiver.AnswerWith(500);
        var id = await fixture.QueueAsync();
        var worker = fixture.Worker();
        await fixture.TryWhenDueAsync(worker, id);
        await fixture.TryWhenDueAsync(worker, id);

        var (first, second) = (fixture.Receiver.Arrived[0], fixture.Receiver.Arrived[1]);
        second.IdempotencyKey.ShouldBe(first.IdempotencyKey);
        second.Input.ShouldNotBe(first.Input, StringComparer.Ordinal);
        MessageCheck.FaultIn(second, [fixture.PublicKey], fixture.Clock.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public async Task The_public_key_is_published_and_nothing_of_the_private_one()
    {
        await using var portal = await TestPortal.StartAsync();
        using var browser = portal.Browser();

        var text = await browser.GetStringAsync("/api/v1/message-keys", TestContext.Current.CancellationToken);
        var set = await browser.GetFromJsonAsync<MessageKeySet>("/api/v1/message-keys", ContractJson.Options, TestContext.Current.CancellationToken);

        set!.Keys.Single().Kid.ShouldBe(portal.Get<MessageKey>().Id);
        text.ShouldNotContain("\"d\"");
    }

    private static async Task<ArrivedMessage> ArriveAsync(OutboxFixture fixture)
    {
        await fixture.QueueAsync("{\"a\":1}");
        await fixture.Worker().ExecuteAsync(CancellationToken.None);
        return fixture.Receiver.Arrived.Single();
    }
}
