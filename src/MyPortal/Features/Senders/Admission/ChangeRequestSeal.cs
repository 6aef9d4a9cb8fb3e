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
internal sealed record ChangeRequestContent(SenderApplication After, string Reason, SenderApplication? Before = null, string? DecisionReason = null);

/// <summary>Seals and opens proposals, and writes facts as fields that can be compared.</summary>
internal sealed class ChangeRequestSeal(PortalSeal seal)
{
    public byte[] Seal(Guid proposal, SenderId sender, ChangeRequestContent content) =>
        seal.Seal(JsonSerializer.SerializeToUtf8Bytes(content, ContractJson.Options), PlaceOf(proposal, sender));

    public ChangeRequestContent Open(ChangeRequest proposal) =>
        JsonSerializer.Deserialize<ChangeRequestContent>(seal.Open(proposal.SealedContent, PlaceOf(proposal.Id, proposal.SenderId)), ContractJson.Options)!;

    /// <summary>The facts side by side. Services are paired by identifier, so that a renamed one is a change and not a loss.</summary>
    public static IReadOnlyList<ChangedField> Compare(SenderApplication? before, SenderApplication? after)
    {
        var old = before?.Services ?? [];
        var @new = after?.Services ?? [];
        return
        [
            new("name", before?.Name, after?.Name),
            new("kind", before?.Kind.ToString(), after?.Kind.ToString()),
            new("about", before?.About, after?.About),
            new("quotaPerMinute", FieldText(before?.QuotaPerMinute), FieldText(after?.QuotaPerMinute)),
            new("quotaPerDay", FieldText(before?.QuotaPerDay), FieldText(after?.QuotaPerDay)),
            new("corporateNumber", before?.Requester?.CorporateNumber, after?.Requester?.CorporateNumber),
            new("contact", before?.Requester?.Contact, after?.Requester?.Contact),
            new("returnAddresses", FieldText(before?.Requester?.ReturnAddresses), FieldText(after?.Requester?.ReturnAddresses)),
            new("messageAddress", before?.Requester?.MessageAddress, after?.Requester?.MessageAddress),
            .. @new.Select(service => new ChangedField("service", FieldText(old.FirstOrDefault(known => known.Id is not null && known.Id == service.Id)), FieldText(service))),
            .. old.Where(known => !@new.Any(service => service.Id == known.Id)).Select(known => new ChangedField("service", FieldText(known), null)),
        ];
    }

    /// <summary>Whether two applications say the same. Records compare their lists by reference, so the written form is compared.</summary>
    public static bool AreSame(SenderApplication? one, SenderApplication? other) =>
        JsonSerializer.SerializeToUtf8Bytes(one, ContractJson.Options).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, ContractJson.Options));

    private static string? FieldText(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? FieldText(IReadOnlyList<string>? lines) => lines is null ? null : string.Join(' ', lines);

    private static string? FieldText(ServiceApplication? service) =>
        service is null ? null : string.Join("／", new[] { service.Name, service.Basis.ToString(), service.BasisText, string.Join('、', service.Topics) }.Where(part => part.Length > 0));

    private static AssociatedData PlaceOf(Guid proposal, SenderId sender) => new("SenderProposals", "Content", proposal.ToString("D"), sender.ToString());
}
