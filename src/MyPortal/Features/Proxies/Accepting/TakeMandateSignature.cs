using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Features.SignIn.Public;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Proxies.Accepting;

/// <summary>
/// Takes the two signatures of a mandate: first the proxy's, then the principal's. Each is over a document with its role and the
/// SHA-256 of the same text, and counts only when the certificate bears the name that the text says.
/// </summary>
internal sealed class TakeMandateSignature(CitizenKeys keys, StatementKey statements, AuditTrail audit, TimeProvider clock) : ISignedTextHandler
{
    public const string MandateKind = "mandate";

    public string Kind => MandateKind;

    public async Task<SignedTextOutcome> TakeAsync(PortalDbContext db, SignedText signed, CancellationToken cancellationToken)
    {
        var id = MandateId.From(signed.About);
        var signer = signed.Signer.Citizen;
        var isProxy = signed.Role is SigningRole.Proxy;
        var page = isProxy ? $"/proxy/invitations/{id}" : $"/proxy/{id}";
        var mandate = await db.Set<Mandate>().SingleOrDefaultAsync(found => found.Id == id && (isProxy ? found.Proxy == signer : found.Principal == signer), cancellationToken);
        if (mandate is null)
        {
            return new SignedTextOutcome("/proxy", MandateErrors.NotFound);
        }

        using var key = await keys.OpenAsync(db, mandate.Principal, cancellationToken);
        var terms = MandateTerms.OpenWith(key, mandate);
        if (!string.Equals(terms.Text, signed.Text, StringComparison.Ordinal))
        {
            return new SignedTextOutcome(page + "?problem=over", MandateErrors.Over);
        }

        if (!WrittenName.AreSame(isProxy ? terms.ProxyName : terms.PrincipalName, signed.HolderName))
        {
            return new SignedTextOutcome(page + "?problem=name", MandateErrors.NameDiffers);
        }

        var isTaken = isProxy ? await AcceptAsync(db, mandate, terms, signed, key, cancellationToken) : Activate(db, mandate, signed, key);
        return isTaken && await db.TrySaveAsync(cancellationToken)
            ? new SignedTextOutcome(page + (isProxy ? "?done=accepted" : "?done=active"))
            : new SignedTextOutcome(page + "?problem=over", MandateErrors.Over);
    }

    private async Task<bool> AcceptAsync(PortalDbContext db, Mandate mandate, MandateTerms terms, SignedText signed, SealingKey key, CancellationToken cancellationToken)
    {
        using var proxyKey = await keys.OpenAsync(db, signed.Signer.Citizen, cancellationToken);
        audit.Add(db, AccessEvent.MandateAccepted, Actor.Citizen(signed.Signer.Citizen), mandate.Principal, mandate.Id.Value);
        return mandate.Accept(
            MarkOf(signed),
            key.Seal(Encoding.UTF8.GetBytes(signed.HolderName), ProxyNamePlace(mandate)),
            new ProxyCopy(terms.PrincipalName).SealWith(proxyKey, mandate.Id, signed.Signer.Citizen),
            clock.Now());
    }

    private bool Activate(PortalDbContext db, Mandate mandate, SignedText signed, SealingKey key)
    {
        var mark = MarkOf(signed);
        var statement = new VerificationStatement(
            VerificationStatement.CurrentType,
            mandate.Id.Value,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signed.Text))),
            Convert.ToHexStringLower(mandate.ProxyDocumentHash ?? []),
            Convert.ToHexStringLower(mark.DocumentHash),
            signed.CheckedAt,
            clock.Now());
        audit.Add(db, AccessEvent.MandateActivated, Actor.Citizen(signed.Signer.Citizen), mandate.Principal, mandate.Id.Value);
        return mandate.Activate(mark, key.Seal(statements.Sign(statement), StatementPlace(mandate)), clock.Now());
    }

    public static AssociatedData ProxyNamePlace(Mandate mandate) => new("Mandates", "ProxyName", mandate.Id.ToString(), mandate.Principal.ToString());

    public static AssociatedData StatementPlace(Mandate mandate) => new("Mandates", "Statement", mandate.Id.ToString(), mandate.Principal.ToString());

    private static SignatureMark MarkOf(SignedText signed) => new(SHA256.HashData(signed.Document), signed.CertificateHash);
}

/// <summary>What the portal says it verified when the second signature was taken. It names nobody.</summary>
/// <param name="Type">Always <see cref="CurrentType"/>.</param>
/// <param name="Mandate">Which mandate.</param>
/// <param name="TextSha256">SHA-256 of the mandate text, lower-case hex.</param>
/// <param name="ProxyDocumentSha256">SHA-256 of the document the proxy's card signed.</param>
/// <param name="PrincipalDocumentSha256">SHA-256 of the document the principal's card signed.</param>
/// <param name="CheckedAt">When the issuer said last that the principal's certificates were good, UTC.</param>
/// <param name="At">When the mandate took effect, UTC.</param>
internal sealed record VerificationStatement(string Type, Guid Mandate, string TextSha256, string ProxyDocumentSha256, string PrincipalDocumentSha256, DateTimeOffset CheckedAt, DateTimeOffset At)
{
    public const string CurrentType = "MYP-MANDATE/1";
}

/// <summary>Signs verification statements: JSON, a line feed, the signature (ECDSA P-256, SHA-256, r ‖ s) in base64.</summary>
internal sealed class StatementKey(Certificates.KeyFolder folder) : IDisposable
{
    private readonly Lazy<ECDsa> key = new(() => folder.SigningKey("statement"));

    public byte[] Sign(VerificationStatement statement)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(statement, ContractJson.Options);
        return [.. json, (byte)'\n', .. Encoding.ASCII.GetBytes(Convert.ToBase64String(key.Value.SignData(json, HashAlgorithmName.SHA256)))];
    }

    public void Dispose()
    {
        if (key.IsValueCreated)
        {
            key.Value.Dispose();
        }
    }
}
