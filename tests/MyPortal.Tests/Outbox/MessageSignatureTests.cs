using System.Net.Http.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Outbox;
using MyPortal.Sandbox.Senders.Events;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Outbox;

/// <summary>The check is the sandbox's own code, written from docs/sender-api.md and not from ours.</summary>
public sealed class MessageSignatureTests
{
    [Fact]
    public async Task A_receiver_finds_the_message_to_be_the_portals()
    {
        await using var world = await OutboxWorld.CreateAsync();
        var message = await ArriveAsync(world);

        MessageCheck.FaultIn(message, [world.PublicKey], world.Clock.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public async Task A_receiver_finds_every_change()
    {
        await using var world = await OutboxWorld.CreateAsync();
        var message = await ArriveAsync(world);
        var now = world.Clock.GetUtcNow();
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);

        MessageCheck.FaultIn(message with { Body = "{\"a\":2}"u8.ToArray() }, [world.PublicKey], now).ShouldBe("another body");
        MessageCheck.FaultIn(message with { Address = new Uri("http://127.0.0.1:1/events") }, [world.PublicKey], now).ShouldBe("bad signature");
        MessageCheck.FaultIn(message with { ContentType = "text/plain" }, [world.PublicKey], now).ShouldBe("bad signature");
        MessageCheck.FaultIn(message with { IdempotencyKey = $"\"{Guid.NewGuid():D}\"" }, [world.PublicKey], now).ShouldBe("bad signature");
        MessageCheck.FaultIn(message with { Signature = "" }, [world.PublicKey], now).ShouldBe("no signature");
        MessageCheck.FaultIn(message with { Input = message.Input.Replace("\"content-digest\" ", "", StringComparison.Ordinal) }, [world.PublicKey], now).ShouldBe("the signature covers something else");
        MessageCheck.FaultIn(message, [], now).ShouldBe("unknown key");
        MessageCheck.FaultIn(message, [world.PublicKey], now.AddMinutes(6)).ShouldBe("too old");
        MessageCheck.FaultIn(message, [world.PublicKey], now.AddMinutes(-6)).ShouldBe("too old");
    }

    [Theory]
    [InlineData("https://送信元.example/events"), InlineData("https://xn--vuqp7ay09k.example/events")]
    public async Task The_signature_names_a_Japanese_domain_as_the_wire_does(string registered)
    {
        await using var world = await OutboxWorld.CreateAsync();
        var (id, body, now) = (Guid.NewGuid(), "{}"u8.ToArray(), world.Clock.GetUtcNow());
        var headers = MessageSignature.HeadersFor(id, new Uri("https://送信元.example/events"), body, world.Key, now).ToDictionary(StringComparer.Ordinal);

        var message = new ArrivedMessage(new Uri(registered), MessageSignature.ContentType, headers["Content-Digest"], headers["Idempotency-Key"], headers["Signature-Input"], headers["Signature"], body);

        MessageCheck.FaultIn(message, [world.PublicKey], now).ShouldBeNull();
    }

    [Fact]
    public async Task Every_attempt_is_signed_anew_and_keeps_its_identifier()
    {
        await using var world = await OutboxWorld.CreateAsync();
        world.Receiver.AnswerWith(500);
        var id = await world.QueueAsync();
        var worker = world.Worker();
        await world.TryWhenDueAsync(worker, id);
        await world.TryWhenDueAsync(worker, id);

        var (first, second) = (world.Receiver.Arrived[0], world.Receiver.Arrived[1]);
        second.IdempotencyKey.ShouldBe(first.IdempotencyKey);
        second.Input.ShouldNotBe(first.Input, StringComparer.Ordinal);
        MessageCheck.FaultIn(second, [world.PublicKey], world.Clock.GetUtcNow()).ShouldBeNull();
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

    private static async Task<ArrivedMessage> ArriveAsync(OutboxWorld world)
    {
        await world.QueueAsync("{\"a\":1}");
        await world.Worker().ExecuteAsync(CancellationToken.None);
        return world.Receiver.Arrived.Single();
    }
}
