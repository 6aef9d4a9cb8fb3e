using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MyPortal.Sandbox.Senders.Events;

namespace MyPortal.Tests.Outbox;

/// <summary>A party that gets messages, on a real socket of this machine. It counts what comes and answers as a test says.</summary>
internal sealed class TestReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<ArrivedMessage> arrived = new();

    private TestReceiver(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that came, repetitions included.</summary>
    public IReadOnlyList<ArrivedMessage> Arrived => [.. arrived];

    /// <summary>How often each identifier came.</summary>
    public IReadOnlyDictionary<Guid, int> TimesById =>
        arrived.GroupBy(message => Guid.Parse(message.IdempotencyKey.Trim('"'))).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>What it answers; 204 unless a test says otherwise.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = http =>
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public static async Task<TestReceiver> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(server => server.Listen(IPAddress.Loopback, port));
        var receiver = new TestReceiver(builder.Build());
        receiver.app.Run(receiver.TakeAsync);
        await receiver.app.StartAsync();
        receiver.Address = new Uri(receiver.app.Urls.Single() + "/events");
        return receiver;
    }

    public void AnswerWith(int status) => Answer = http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        arrived.Enqueue(ArrivedMessage.From(Address, http.Request.Headers, body.ToArray()));
        await Answer(http);
    }
}
