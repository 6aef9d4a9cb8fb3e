using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Features.SignIn.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Card;

/// <summary>What the browser that began needs: the transaction and the binding secret for its cookie.</summary>
internal sealed record StartedCardTransaction(Guid Id, string Binding);

/// <summary>What a card is asked for.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="ReturnPath">Where the person goes afterwards; a local path.</param>
internal sealed record CardRequest(CardPurpose Purpose, string ReturnPath)
{
    /// <summary>Who must confirm or sign, in whose session; null for login and enrolment.</summary>
    public Viewer? Person { get; init; }

    /// <summary>What is signed; null for everything else.</summary>
    public TextToSign? Text { get; init; }
}

/// <summary>Begins a card transaction. Not called on behalf of a citizen where nobody is signed in yet; otherwise the request names the person.</summary>
internal sealed class StartCardTransaction(IDbContextFactory<PortalDbContext> databases, PortalSeal seal, CardTrail trail, RandomSource random, PortalSite site, TimeProvider clock)
{
    // Without vowels no word can appear, without look-alikes none is misread.
    private const string MatchLetters = "CDFGHJKMNPRTVWXZ";
    private const int SignatureLevel = 4;

    public Task<StartedCardTransaction> ExecuteAsync(CardPurpose purpose, string returnPath, CancellationToken cancellationToken) =>
        ExecuteAsync(new CardRequest(purpose, returnPath), cancellationToken);

    public async Task<StartedCardTransaction> ExecuteAsync(CardRequest request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var id = Guid.CreateVersion7(now);
        var binding = random.Token();
        var bindingHash = TransactionSecrets.HashOf(binding);
        var matchCode = MakeMatchCode();
        var text = request.Text is null ? null : Encoding.UTF8.GetBytes(request.Text.Text);
        var document = DocumentOf(request, id, bindingHash, matchCode, now) with
        {
            Statement = text is null ? null : new SignedStatement(request.Text!.Role, Convert.ToHexStringLower(SHA256.HashData(text)), text.Length, SignedStatement.PlainText),
        };
        var transaction = CardTransaction.Issue(
            id,
            request.Purpose,
            new CardTransactionSecrets(TransactionSecrets.HashOf(TransactionSecrets.TicketOf(binding, id)), bindingHash),
            matchCode,
            JsonSerializer.SerializeToUtf8Bytes(document, ContractJson.Options),
            request.ReturnPath,
            now);
        if (request.Person is { } person)
        {
            transaction.Within(person.Session, person.Citizen);
        }

        if (text is not null)
        {
            transaction.Over(request.Text!.Kind, request.Text.About, seal.Seal(text, TransactionSecrets.TextPlace(id)));
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Add(transaction);
        trail.AddBegun(db, request, id);
        await db.SaveChangesAsync(cancellationToken);
        return new StartedCardTransaction(id, binding);
    }

    private CardDocument DocumentOf(CardRequest request, Guid id, byte[] bindingHash, string matchCode, DateTimeOffset now) => new(
        CardDocument.CurrentType,
        site.OriginText,
        CardDocument.SameDevice,
        request.Purpose,
        request.Purpose is CardPurpose.Sign ? SignatureLevel : (int)AssuranceLevel.CardWithPin,
        id.ToString("D"),
        random.Token(),
        Convert.ToHexStringLower(bindingHash),
        [.. CardVerification.CertificatesFor(request.Purpose)],
        matchCode,
        now,
        now + CardTransaction.Life,
        request.Person is { } person ? TransactionSecrets.SubjectOf(person.Session) : null);

    private string MakeMatchCode()
    {
        var bytes = random.Bytes(4);
        return string.Create(5, bytes, static (code, random) =>
        {
            code[0] = MatchLetters[random[0] % MatchLetters.Length];
            code[1] = MatchLetters[random[1] % MatchLetters.Length];
            code[2] = '-';
            code[3] = (char)('2' + (random[2] % 8));
            code[4] = (char)('2' + (random[3] % 8));
        });
    }
}
