using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Jpki;
using MyPortal.Sealing;

namespace MyPortal.Features.SignIn.Card;

/// <summary>What a verified transaction leaves for the moment of completion; kept sealed, for a minute at most.</summary>
/// <param name="RootKeyHash">Root of the authentication certificate.</param>
/// <param name="Serial">Serial of the authentication certificate.</param>
/// <param name="ValidUntil">End of its validity.</param>
/// <param name="AgentKeyHash">Which agent program answered.</param>
/// <param name="Citizen">Whose certificate it is; null at enrolment.</param>
/// <param name="SubjectTag">Subject tag; only at enrolment.</param>
/// <param name="HubCode">The portal's own code of the person at the linkage hub; only at enrolment.</param>
internal sealed record CardVerificationResult(
    string RootKeyHash,
    string Serial,
    DateTimeOffset ValidUntil,
    byte[] AgentKeyHash,
    Guid? Citizen = null,
    byte[]? SubjectTag = null,
    string? HubCode = null)
{
    /// <summary>What the signature certificate proved; only for signing.</summary>
    public SignatureEvidence? Signature { get; init; }

    public CertificateIdentity Certificate => new(RootKeyHash, Serial);

    public static CardVerificationResult Of(VerifiedCertificates verified, byte[] agentKeyHash, Guid? citizen, string? hubCode) => new(
        verified.Authentication.Identity.RootKeyHash,
        verified.Authentication.Identity.Serial,
        verified.Authentication.ValidUntil,
        agentKeyHash,
        citizen,
        verified.Signature?.SubjectTag,
        hubCode);

    public byte[] SealWith(PortalSeal seal, Guid transaction) => seal.Seal(JsonSerializer.SerializeToUtf8Bytes(this, ContractJson.Options), PlaceOf(transaction));

    public static CardVerificationResult OpenWith(PortalSeal seal, Guid transaction, byte[] bytes) =>
        JsonSerializer.Deserialize<CardVerificationResult>(seal.Open(bytes, PlaceOf(transaction)), ContractJson.Options)
        ?? throw new InvalidOperationException("A card transaction holds an empty result.");

    private static AssociatedData PlaceOf(Guid transaction) => new("CardTransactions", "Result", transaction.ToString("D"));
}

/// <summary>What is left of a signature certificate until the signature is taken.</summary>
/// <param name="Reference">Root key hash ‖ serial.</param>
/// <param name="HolderName">Certified name.</param>
/// <param name="CheckedAt">When the issuer was asked, UTC.</param>
internal sealed record SignatureEvidence(byte[] Reference, string HolderName, DateTimeOffset CheckedAt);
