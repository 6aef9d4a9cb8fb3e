using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Features.Senders.Tokens;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders;

/// <summary>Works for no viewer: a sender's statement is read.</summary>
internal sealed class SenderStatements(IDbContextFactory<PortalDbContext> databases, TimeProvider clock) : ISenderStatements
{
    private const int LongestStatement = 64 * 1024;
    private static readonly SenderStatement Malformed = new(StatementFlaw.Malformed, []);

    public async Task<SenderStatement> ReadAsync(SenderId sender, string? compact, string type, CancellationToken cancellationToken)
    {
        if (compact is null || compact.Length > LongestStatement || compact.Split('.') is not [var header, var payload, var signature])
        {
            return Malformed;
        }

        StatementHeader? head;
        byte[] body;
        byte[] signed;
        try
        {
            head = JsonSerializer.Deserialize<StatementHeader>(Base64Url.DecodeFromChars(header), ContractJson.Options);
            body = Base64Url.DecodeFromChars(payload);
            signed = Base64Url.DecodeFromChars(signature);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return Malformed;
        }

        if (head is null || head.Crit is not null || head.Typ != type || head.Alg is not ("ES256" or "PS256"))
        {
            return Malformed;
        }

        var statement = new ClientAssertion(head.Alg, "", "", "", "", default, Encoding.ASCII.GetBytes($"{header}.{payload}"), signed);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.Now();
        var keys = await db.Set<SenderKey>().AsNoTracking().Where(key => key.SenderId == sender && key.Purpose == KeyPurpose.Live && key.RevokedAt == null).ToListAsync(cancellationToken);
        return keys.Exists(key => key.IsValidAt(now) && statement.IsSignedBy(key.PublicKey)) ? new SenderStatement(StatementFlaw.None, body) : new SenderStatement(StatementFlaw.BadSignature, []);
    }

    private sealed record StatementHeader(string Alg, string Typ, IReadOnlyList<string>? Crit = null);
}
