using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.SignIn.Card;

/// <summary>What the browser that began needs: the transaction and the binding secret for its cookie.</summary>
internal sealed record StartedCardTransaction(Guid Id, string Binding);

/// <summary>Begins a card transaction. Works for no viewer: nobody is signed in yet.</summary>
internal sealed class StartCardTransaction(IDbContextFactory<PortalDbContext> databases, AuditTrail audit, RandomSource random, PortalSite site, TimeProvider clock)
{
    // Without vowels no word can appear, without look-alikes none is misread.
    private const string MatchLetters = "CDFGHJKMNPRTVWXZ";

    public async Task<StartedCardTransaction> ExecuteAsync(CardPurpose purpose, string returnPath, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var id = Guid.CreateVersion7(now);
        var binding = random.Token();
        var bindingHash = CardSecrets.HashOf(binding);
        var matchCode = MakeMatchCode();
        var document = new CardDocument(
            CardDocument.CurrentType,
            site.OriginText,
            CardDocument.SameDevice,
            purpose,
            (int)AssuranceLevel.CardWithPin,
            id.ToString("D"),
            random.Token(),
            Convert.ToHexStringLower(bindingHash),
            purpose is CardPurpose.Enrol ? [CertificateKind.Authentication, CertificateKind.Signature] : [CertificateKind.Authentication],
            matchCode,
            now,
            now + CardTransaction.Life);
        var transaction = CardTransaction.Issue(
            id,
            purpose,
            new CardTransactionSecrets(CardSecrets.HashOf(CardSecrets.TicketOf(binding, id)), bindingHash),
            matchCode,
            JsonSerializer.SerializeToUtf8Bytes(document, ContractJson.Options),
            returnPath,
            now);

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Add(transaction);
        audit.Add(db, AccessEvent.LoginStarted, Actor.Unknown, objectId: id);
        await db.SaveChangesAsync(cancellationToken);
        return new StartedCardTransaction(id, binding);
    }

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
