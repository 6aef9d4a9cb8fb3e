namespace MyPortal.Sandbox.Organisations;

/// <summary>A request whose sender is proven.</summary>
/// <param name="Sender">Owner of the TLS certificate and of the signature.</param>
/// <param name="Body">Exact bytes.</param>
/// <param name="Context">The exchange.</param>
internal sealed record SignedCall(Peer Sender, byte[] Body, HttpContext Context)
{
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>For what must not hold up the answer.</summary>
    public void AfterReply(Func<Task> act) => Context.Response.OnCompleted(act);
}

/// <summary>Where a participant receives: checks every request and signs every reply (docs/hub-protocol.md section 2).</summary>
internal sealed class SignedEndpoint(OrganisationKeys self, IHubDirectory directory, SeenNonces nonces, TimeProvider clock, string stage)
{
    private const int LargestBody = 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes, string method, string pattern, Func<SignedCall, Task<SignedAnswer>> handle) =>
        routes.MapMethods(pattern, [method], context => ServeAsync(context, handle));

    private async Task ServeAsync(HttpContext context, Func<SignedCall, Task<SignedAnswer>> handle)
    {
        var head = MessageHead.Read(name => context.Request.Headers[name]);
        if (await ReadBodyAsync(context.Request, context.RequestAborted) is not { } body)
        {
            await ReplyAsync(context, head, SignedAnswer.Refuse(HubRefusal.Schema, stage));
            return;
        }
        var (sender, refusal) = await CheckAsync(context, head, body);
        var answer = sender is null ? SignedAnswer.Refuse(refusal, stage) : await handle(new SignedCall(sender, body, context));
        await ReplyAsync(context, head, answer);
    }

    private async Task<(Peer? Sender, string Refusal)> CheckAsync(HttpContext context, MessageHead? head, byte[] body)
    {
        // The owner of the connection, before anything that costs.
        var request = context.Request;
        if (head is null || head.Receiver != self.Id || request.QueryString.HasValue) return (null, HubRefusal.SigInvalid);
        if (context.Connection.ClientCertificate is not { } certificate || OrganisationTrust.NameOf(certificate) != head.Sender) return (null, HubRefusal.SigInvalid);
        if (!head.IsTimely(clock)) return (null, HubRefusal.ClockSkew);

        if (await directory.FindAsync(head.Sender, context.RequestAborted) is not { } sender) return (null, HubRefusal.NotParticipant);
        if (sender.KeyId != head.Key || !sender.HasSigned(head.RequestBytes(request.Method, request.Path, body), Signature(request.Headers[MessageHead.SignatureHeader]))) return (null, HubRefusal.SigInvalid);

        // Last, so that nobody can use up the nonces of others.
        return nonces.Take(head.Sender, head.Nonce, clock.GetUtcNow()) ? (sender, "") : (null, HubRefusal.Replay);
    }

    private async Task ReplyAsync(HttpContext context, MessageHead? asked, SignedAnswer answer)
    {
        var head = new MessageHead(self.Id, asked?.Sender ?? "", self.KeyId, HubTime.Write(clock.GetUtcNow()), asked?.Nonce ?? "");
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in head.Headers(self.Sign(head.ReplyBytes(answer.Status, answer.Body)))) response.Headers[name] = value;
        if (answer.ErrorAt is not null) response.Headers[MessageHead.ErrorAtHeader] = answer.ErrorAt;
        if (answer.Body.Length == 0) return;
        response.ContentType = answer.ErrorAt is null ? "application/json" : "application/problem+json";
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestBody) return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > LargestBody) return null;
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    private static byte[] Signature(string? base64)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var written) && written is 64 ? bytes : [];
    }
}
