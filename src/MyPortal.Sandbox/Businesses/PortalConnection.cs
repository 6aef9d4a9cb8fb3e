using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Sandbox.Senders;
using MyPortal.Sandbox.Seeding;

namespace MyPortal.Sandbox.Businesses;

/// <summary>What a sender does over the portal's back channel, as any business would write it from docs/sender-api.md.</summary>
internal sealed class PortalConnection(SandboxSender sender, SenderClient client, Uri portal, SeedState memory, HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(4);

    /// <summary>Pushes the signed request; returns the address to send the browser to.</summary>
    public async Task<Uri> AskAsync(ConsentOffer offer, CancellationToken cancellationToken)
    {
        var endpoint = new Uri(portal, "/api/v1/consent-requests");
        var statement = SignedStatement.Create(sender, PushConsentRequest.Type, offer.ClaimsOf(sender, endpoint, clock.GetUtcNow()));
        var pushed = await client.CallAsync<PushedConsentRequest>(endpoint, new PushConsentRequest(statement), cancellationToken);
        return new Uri(portal, $"/consents/start?client_id={sender.Id}&request_uri={Uri.EscapeDataString(pushed!.RequestUri)}");
    }

    /// <summary>Exchanges the code, checks the receipt, signs for it and keeps the recipient code. Null when something is not as it must be.</summary>
    public async Task<ConsentResult?> FinishAsync(ConsentOffer offer, string code, CancellationToken cancellationToken)
    {
        var result = await client.CallAsync<ConsentResult>(new Uri(portal, "/api/v1/consent-results"), new ExchangeConsentCode(code, offer.Verifier, offer.ReturnTo), cancellationToken);
        if (result is null || result.Nonce != offer.Nonce) return null;
        if (result.Receipt is { } receipt)
        {
            if (!await IsGenuineAsync(receipt, result, cancellationToken)) return null;
            await AcknowledgeAsync(result.Consent, AcknowledgedThing.Receipt, receipt.Content, cancellationToken);
        }
        memory.Connected(new CustomerConnection(sender.Id, offer.Customer.Id, result.Recipient, result.Consent));
        return result;
    }

    /// <summary>The portal says that a consent ended: forget the code, and sign that we know.</summary>
    public async Task EndAsync(byte[] message, CancellationToken cancellationToken)
    {
        if (JsonSerializer.Deserialize<ConsentEnded>(message, ContractJson.Options) is not { Type: ConsentEnded.Withdrawn } ended) return;
        memory.Disconnected(sender.Id, ended.Data.Consent);
        await AcknowledgeAsync(ended.Data.Consent, AcknowledgedThing.Withdrawal, message, cancellationToken);
    }

    private async Task AcknowledgeAsync(Guid consent, AcknowledgedThing about, byte[] bytes, CancellationToken cancellationToken)
    {
        var endpoint = new Uri(portal, "/api/v1/consent-acknowledgements");
        var claims = new AcknowledgementClaims(sender.Id, endpoint.AbsoluteUri, consent, about, Convert.ToHexStringLower(SHA256.HashData(bytes)), (clock.GetUtcNow() + Life).ToUnixTimeSeconds());
        await client.CallAsync<object>(endpoint, new PushAcknowledgement(SignedStatement.Create(sender, PushAcknowledgement.Type, claims)), cancellationToken);
    }

    private async Task<bool> IsGenuineAsync(ReceiptFile receipt, ConsentResult result, CancellationToken cancellationToken)
    {
        // A real business pins this certificate when it is admitted; the sandbox asks for it over the same line.
        using var certificate = X509Certificate2.CreateFromPem(await http.GetStringAsync(new Uri(portal, "/api/v1/receipt-certificate"), cancellationToken));
        try
        {
            var cms = new SignedCms(new ContentInfo(receipt.Content), detached: true);
            cms.Decode(receipt.Signature);
            cms.CheckSignature(verifySignatureOnly: true);
            var said = JsonSerializer.Deserialize<ConsentReceipt>(receipt.Content, ContractJson.Options);
            return cms.SignerInfos[0].Certificate?.Thumbprint == certificate.Thumbprint && said?.Consent == result.Consent && said.Business.ClientId == sender.Id && said.Pseudonym == result.Recipient;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
