using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.Hub;

namespace MyPortal.CardAgent.Tests.Fixtures;

/// <summary>The portal's two ticket addresses, as a test wants them to behave.</summary>
internal sealed class FakePortal : IAsyncDisposable
{
    public const string ResponseSecret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I";
    public const string CompletionCode = "Y29kZS1jb2RlLWNvZGUtY29kZS1jb2RlLWNvZGUtY29";
    private readonly WebApplication _app;
    private int _tickets;

    private FakePortal(WebApplication app) => _app = app;

    public string Origin { get; private set; } = "";

    public ConcurrentQueue<string> Fetches { get; } = [];

    public ConcurrentQueue<CardResponse> Responses { get; } = [];

    /// <summary>The documents handed out.</summary>
    public IReadOnlyList<byte[]> Documents { get; set; } = [];

    /// <summary>The text handed out with them.</summary>
    public byte[]? Text { get; set; }

    /// <summary>Answers a fetch instead of the ticket.</summary>
    public IResult? FetchAnswer { get; set; }

    /// <summary>Answers a response instead of the completion code.</summary>
    public IResult? ResponseAnswer { get; set; }

    public static async Task<FakePortal> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var portal = new FakePortal(app);
        app.MapGet("/card/t/{ticket}", portal.Fetch);
        app.MapPost("/card/t/{ticket}/response", portal.RespondAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        portal.Origin = app.Urls.Single();
        portal.Documents = [portal.Document()];
        return portal;
    }

    /// <summary>A fresh ticket address.</summary>
    public string NewTicket() => $"{Origin}/card/t/{Interlocked.Increment(ref _tickets).ToString("D43", System.Globalization.CultureInfo.InvariantCulture)}";

    public CardDocument Login() => new(
        CardDocument.CurrentType,
        Origin,
        CardDocument.SameDevice,
        CardPurpose.Login,
        3,
        "01HZY",
        new string('n', 43),
        new string('0', 64),
        [CertificateKind.Authentication],
        "4F7K",
        TestClock.Start,
        TestClock.Start.AddSeconds(180));

    public CardDocument Enrolment() => Login() with { Purpose = CardPurpose.Enrol, Level = 4, Certificates = [CertificateKind.Authentication, CertificateKind.Signature] };

    public CardDocument StepUp() => Login() with { Purpose = CardPurpose.StepUp, Subject = new string('a', 64) };

    /// <summary>A document over <see cref="Text"/>.</summary>
    public CardDocument Signing() => Enrolment() with
    {
        Purpose = CardPurpose.Sign,
        Subject = new string('a', 64),
        Statement = new SignedStatement(SigningRole.Proxy, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Text!)), Text!.Length, SignedStatement.PlainText),
    };

    public byte[] Link(Func<LinkDocument, LinkDocument>? change = null)
    {
        var document = new LinkDocument(LinkDocument.CurrentType, "hub", "portal", Origin, "enrol", new string('l', 43));
        return JsonSerializer.SerializeToUtf8Bytes(change is null ? document : change(document), ContractJson.Options);
    }

    public byte[] Document(Func<CardDocument, CardDocument>? change = null) => Bytes(change is null ? Login() : change(Login()));

    public static byte[] Bytes(CardDocument document) => JsonSerializer.SerializeToUtf8Bytes(document, ContractJson.Options);

    public static IResult Problem(int status, string code) =>
        Results.Json(new Dictionary<string, object>(StringComparer.Ordinal) { ["code"] = code, ["status"] = status }, contentType: "application/problem+json", statusCode: status);

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Fetch(string ticket)
    {
        Fetches.Enqueue(ticket);
        return FetchAnswer ?? Results.Json(new CardTicket(Documents, ResponseSecret, Text), ContractJson.Options);
    }

    private async Task<IResult> RespondAsync(HttpRequest request)
    {
        Responses.Enqueue((await request.ReadFromJsonAsync<CardResponse>(ContractJson.Options))!);
        return ResponseAnswer ?? Results.Json(new CardCompletion(CompletionCode), ContractJson.Options);
    }
}
