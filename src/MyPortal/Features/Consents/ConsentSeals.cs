using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Features.Consents;

/// <summary>What a decision made, as it is kept: the signed receipts and what the person ticked.</summary>
/// <param name="Citizen">The citizen's receipt.</param>
/// <param name="Business">The business's receipt; null when declined.</param>
internal sealed record ConsentOutcome(ReceiptFile Citizen, ReceiptFile? Business = null);

/// <summary>Seals and opens the parts of a consent at the places they belong to.</summary>
internal static class ConsentSeals
{
    /// <summary>Before the request has an owner it lies under the portal's own seal.</summary>
    public static AssociatedData UnclaimedPlace(ConsentPlace place) => new("Consents", "UnclaimedRequest", place.Id.ToString(), place.Sender.ToString(), place.Service.ToString());

    public static AssociatedData RequestPlace(ConsentPlace place, CitizenId owner) => Of("Request", place, owner);

    public static AssociatedData CodePlace(CitizenId citizen, SenderId sender, SenderServiceId service) => new("RecipientCodes", "Code", citizen.ToString(), sender.ToString(), service.ToString());

    public static byte[] Seal(this SealingKey key, ConsentOutcome outcome, ConsentPlace place, CitizenId owner) =>
        key.Seal(JsonSerializer.SerializeToUtf8Bytes(outcome, ContractJson.Options), Of("Outcome", place, owner));

    /// <summary>The claims of a claimed request.</summary>
    public static ConsentClaims OpenClaims(this SealingKey key, Consent consent) =>
        Read<ConsentClaims>(key.Open(consent.SealedRequest, RequestPlace(consent.Place, OwnerOf(consent))));

    /// <summary>Null while nothing was decided.</summary>
    public static ConsentOutcome? OpenOutcome(this SealingKey key, Consent consent) =>
        consent.SealedOutcome is { } outcome ? Read<ConsentOutcome>(key.Open(outcome, Of("Outcome", consent.Place, OwnerOf(consent)))) : null;

    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, ContractJson.Options) ?? throw new InvalidOperationException("A sealed part of a consent is empty.");

    private static AssociatedData Of(string column, ConsentPlace place, CitizenId owner) =>
        new("Consents", column, place.Id.ToString(), owner.ToString(), place.Sender.ToString(), place.Service.ToString());

    private static CitizenId OwnerOf(Consent consent) => consent.Owner ?? throw new InvalidOperationException("The consent has no owner yet.");
}
