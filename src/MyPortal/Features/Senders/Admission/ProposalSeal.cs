using System.Text.Json;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Senders.Admission;

/// <summary>What a proposal says.</summary>
/// <param name="After">Facts that are applied for.</param>
/// <param name="Reason">Why, in the author's words.</param>
/// <param name="Before">Facts when it was begun; null for a new sender.</param>
/// <param name="DecisionReason">What the second operator answered.</param>
internal sealed record ProposalContent(SenderDossier After, string Reason, SenderDossier? Before = null, string? DecisionReason = null);

/// <summary>Seals and opens proposals, and writes facts as fields that can be compared.</summary>
internal sealed class ProposalSeal(PortalSeal seal)
{
    public byte[] Seal(Guid proposal, SenderId sender, ProposalContent content) =>
        seal.Seal(JsonSerializer.SerializeToUtf8Bytes(content, ContractJson.Options), PlaceOf(proposal, sender));

    public ProposalContent Open(SenderProposal proposal) =>
        JsonSerializer.Deserialize<ProposalContent>(seal.Open(proposal.SealedContent, PlaceOf(proposal.Id, proposal.SenderId)), ContractJson.Options)!;

    /// <summary>The facts side by side. Services are paired by identifier, so that a renamed one is a change and not a loss.</summary>
    public static IReadOnlyList<ChangedField> Compare(SenderDossier? before, SenderDossier? after)
    {
        var old = before?.Services ?? [];
        var @new = after?.Services ?? [];
        return
        [
            new("name", before?.Name, after?.Name),
            new("kind", before?.Kind.ToString(), after?.Kind.ToString()),
            new("about", before?.About, after?.About),
            new("quotaPerMinute", Written(before?.QuotaPerMinute), Written(after?.QuotaPerMinute)),
            new("quotaPerDay", Written(before?.QuotaPerDay), Written(after?.QuotaPerDay)),
            new("corporateNumber", before?.Asking?.CorporateNumber, after?.Asking?.CorporateNumber),
            new("contact", before?.Asking?.Contact, after?.Asking?.Contact),
            new("returnAddresses", Written(before?.Asking?.ReturnAddresses), Written(after?.Asking?.ReturnAddresses)),
            new("messageAddress", before?.Asking?.MessageAddress, after?.Asking?.MessageAddress),
            .. @new.Select(service => new ChangedField("service", Written(old.FirstOrDefault(known => known.Id is not null && known.Id == service.Id)), Written(service))),
            .. old.Where(known => !@new.Any(service => service.Id == known.Id)).Select(known => new ChangedField("service", Written(known), null)),
        ];
    }

    /// <summary>Whether two dossiers say the same. Records compare their lists by reference, so the written form is compared.</summary>
    public static bool AreSame(SenderDossier? one, SenderDossier? other) =>
        JsonSerializer.SerializeToUtf8Bytes(one, ContractJson.Options).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, ContractJson.Options));

    private static string? Written(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Written(IReadOnlyList<string>? lines) => lines is null ? null : string.Join(' ', lines);

    private static string? Written(DossierService? service) =>
        service is null ? null : string.Join("／", new[] { service.Name, service.Basis.ToString(), service.BasisText, string.Join('、', service.Topics) }.Where(part => part.Length > 0));

    private static SealedPlace PlaceOf(Guid proposal, SenderId sender) => new("SenderProposals", "Content", proposal.ToString("D"), sender.ToString());
}
