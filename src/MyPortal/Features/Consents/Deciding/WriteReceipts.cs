using System.Text.Json;
using MyPortal.Certificates;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Ui;

namespace MyPortal.Features.Consents.Deciding;

/// <summary>What a receipt is written from.</summary>
/// <param name="Consent">The consent.</param>
/// <param name="Claims">What the business asked.</param>
/// <param name="Business">Who it is.</param>
/// <param name="Given">Identifiers of the items that were given; empty when declined.</param>
/// <param name="At">The decision.</param>
/// <param name="Viewer">Who decided, and how surely identified.</param>
internal sealed record ReceiptFacts(ConsentPlace Consent, ConsentClaims Claims, ReceiptBusiness Business, IReadOnlySet<string> Given, DateTimeOffset At, Viewer Viewer)
{
    /// <summary>Null when declined.</summary>
    public string? Pseudonym { get; init; }

    /// <summary>Null when declined.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public ConsentId? Previous { get; init; }
}

/// <summary>Writes the two receipts of a decision and signs their exact bytes.</summary>
internal sealed class WriteReceipts(ReceiptSigner signer, PortalSite site)
{
    /// <summary>Version of the decision page's own words; raised whenever they change.</summary>
    public const string TextVersion = "consent-page/1";

    public ConsentOutcome For(ReceiptFacts facts) =>
        new(Sign(Write(facts, ReceiptCopy.Citizen)), facts.Pseudonym is null ? null : Sign(Write(facts, ReceiptCopy.Business)));

    private ReceiptFile Sign(ConsentReceipt receipt)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(receipt, ContractJson.Options);
        return new ReceiptFile(ReceiptFile.CurrentType, content, signer.Sign(content));
    }

    private ConsentReceipt Write(ReceiptFacts facts, ReceiptCopy copy) => new(
        ConsentReceipt.CurrentType,
        site.OriginText,
        signer.KeyId,
        copy,
        facts.Consent.Id.Value,
        facts.Pseudonym is null ? "declined" : "granted",
        facts.At,
        facts.Business,
        facts.Claims.Customer,
        facts.Claims.PurposeCode,
        facts.Claims.Purpose,
        [.. facts.Claims.Items.Where(item => facts.Given.Contains(item.Id))],
        facts.Claims.Policy,
        facts.Claims.KeptDays,
        TextVersion,
        Language.Current.Name,
        facts.Viewer.Evidence.ToWord(),
        $"{site.OriginText}/consents/{facts.Consent.Id}/withdraw",
        copy is ReceiptCopy.Citizen ? [.. facts.Claims.Items.Where(item => !facts.Given.Contains(item.Id))] : null,
        facts.Claims.Onward,
        facts.Pseudonym,
        facts.Pseudonym is null ? null : facts.At,
        facts.ExpiresAt,
        facts.Previous?.Value,
        (int)facts.Viewer.Level);
}
