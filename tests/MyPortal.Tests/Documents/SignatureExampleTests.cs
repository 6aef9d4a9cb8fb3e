using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using MyPortal.Sandbox.Senders.Events;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Outbox;

namespace MyPortal.Tests.Documents;

public sealed class SignatureExampleTests
{
    [Fact]
    public void The_document_shows_the_example_that_is_tried_here()
    {
        var source = File.ReadAllLines(RepositoryFiles.At("tests", "MyPortal.Tests", "Documents", "SignatureExample.cs"));
        var example = source.SkipWhile(line => line.Trim() is not "// Example").Skip(1).TakeWhile(line => line.Trim() is not "// End")
            .Select(line => line.Length > 4 ? line[4..] : line);

        File.ReadAllText(RepositoryFiles.At("docs", "sender-api.md")).ShouldContain(string.Join('\n', example).Trim().Replace("internal static", "static", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_example_believes_the_portal_and_nobody_else()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        await fixture.QueueAsync("{\"a\":1}");
        await fixture.Worker().ExecuteAsync(CancellationToken.None);
        var message = fixture.Receiver.Arrived.Single();
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(fixture.PublicKey.X), Y = Base64Url.DecodeFromChars(fixture.PublicKey.Y) },
        });
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        SignatureExample.IsFromPortal(HeadersOf(message), message.Body, message.Address.AbsoluteUri, key).ShouldBeTrue();
        SignatureExample.IsFromPortal(HeadersOf(message), "{\"a\":2}"u8.ToArray(), message.Address.AbsoluteUri, key).ShouldBeFalse();
        SignatureExample.IsFromPortal(HeadersOf(message), message.Body, "https://another.example/", key).ShouldBeFalse();
        SignatureExample.IsFromPortal(HeadersOf(message), message.Body, message.Address.AbsoluteUri, stranger).ShouldBeFalse();
    }

    private static HeaderDictionary HeadersOf(ArrivedMessage message) => new()
    {
        ["Content-Type"] = message.ContentType,
        ["Content-Digest"] = message.Digest,
        ["Idempotency-Key"] = message.IdempotencyKey,
        ["Signature-Input"] = message.Input,
        ["Signature"] = message.Signature,
    };
}
