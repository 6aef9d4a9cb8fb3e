using MyPortal.Sandbox.CertificateAuthority;

namespace MyPortal.Sandbox.TestPersons;

/// <summary>An invented person with one card in one situation.</summary>
/// <param name="Id">Short name of the card.</param>
/// <param name="Name">Family and given name with a full-width space between.</param>
/// <param name="BirthDate">Date of birth.</param>
/// <param name="Sex">1 male, 2 female.</param>
/// <param name="Street">Address inside さくら市.</param>
/// <param name="Pin">4 digits.</param>
/// <param name="SignaturePassword">6 to 16 of A-Z and 0-9; null without a signature certificate.</param>
/// <param name="Situation">What is special, one plain sentence for the people who use the sandbox.</param>
internal sealed record Person(string Id, string Name, DateOnly BirthDate, int Sex, string Street, string Pin, string? SignaturePassword, string Situation)
{
    public const string Prefecture = "緑県";
    public const string Municipality = "さくら市";

    public CardCondition Condition { get; init; } = CardCondition.Ordinary;

    /// <summary>Whether seeding gives this person an account.</summary>
    public bool Enrols { get; init; }

    /// <summary>Roles in the portal's administration; seeding appoints whoever has any.</summary>
    public IReadOnlyList<string> OperatorRoles { get; init; } = [];

    /// <summary>What the person asks the portal to be called; the portal adds さん itself.</summary>
    public string DisplayName => Name.Split('　')[1];

    public FourAttributes Attributes => new(Name, BirthDate, Sex, $"{Prefecture}{Municipality}{Street}", Prefecture, Municipality);
}

/// <summary>What state a card was handed out in.</summary>
internal enum CardCondition
{
    Ordinary,

    /// <summary>Signed by the second generation of the roots.</summary>
    OlderGeneration,

    /// <summary>Elliptic keys of the announced card.</summary>
    NextGeneration,

    /// <summary>Both certificates ended yesterday.</summary>
    Expired,

    /// <summary>Both certificates revoked after a report of loss.</summary>
    Revoked,

    /// <summary>The authentication certificate is on hold.</summary>
    OnHold,

    /// <summary>The PIN was missed three times.</summary>
    LockedPin,

    /// <summary>No signature certificate, as for children under 15.</summary>
    WithoutSignature,

    /// <summary>Only the signature certificate is revoked, as after moving house.</summary>
    Moved,
}
