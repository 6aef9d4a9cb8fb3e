using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.SandboxWorld;
using MyPortal.Data;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Jpki;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents.Sandbox;

/// <summary>
/// The command <c>grant-sandbox</c>: registers the sandbox's senders and gives them recipient codes, as long as no screen does. The
/// live world refuses it. Works for no viewer: whoever runs it holds the portal's keys anyway.
/// </summary>
internal sealed class GrantSandbox(
    IDbContextFactory<PortalDbContext> databases,
    ISenderRegister senders,
    ISenderWebhooks webhooks,
    RecipientDirectory codes,
    CardOwners owners,
    CertificatePath path,
    AuditTrail audit)
{
    public const string Command = "grant-sandbox";

    public async Task<SandboxGrantResult> ExecuteAsync(SandboxGrantOrder order, CancellationToken cancellationToken)
    {
        var registered = new List<(string Name, RegisteredSender Sender)>();
        foreach (var sender in order.Senders)
        {
            var registration = new SenderRegistration(sender.Id, sender.Name, sender.Kind is SenderKind.Public, sender.Service, sender.PublicKey);
            var known = await senders.RegisterAsync(registration, cancellationToken);
            registered.Add((sender.Id, known));
            if (sender.Webhook is not null)
            {
                await webhooks.RegisterAsync(known.Id, sender.Webhook, cancellationToken);
            }
        }

        var granted = new List<SandboxRecipientCode>();
        foreach (var recipient in order.Recipients)
        {
            if (await FindCitizenAsync(recipient, cancellationToken) is not { } citizen)
            {
                continue;
            }

            foreach (var (name, sender) in registered)
            {
                granted.Add(new SandboxRecipientCode(name, recipient.Card, await codes.GrantAsync(citizen, sender.Id, sender.Service, cancellationToken)));
            }
        }

        return new SandboxGrantResult(granted);
    }

    private async Task<CitizenId?> FindCitizenAsync(SandboxRecipient recipient, CancellationToken cancellationToken)
    {
        Result<VerifiedCertificate> verified;
        try
        {
            verified = path.Check(recipient.Certificate, CertificateKind.Authentication);
        }
        catch (CryptographicException)
        {
            return null;
        }

        if (verified.IsRefused)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await owners.FindAsync(db, verified.Value.Identity.ToBytes(), cancellationToken);
        if (found is null)
        {
            return null;
        }

        audit.Add(db, AccessEvent.SandboxGranted, Actor.System, found.CitizenId);
        await db.SaveChangesAsync(cancellationToken);
        return found.CitizenId;
    }
}
