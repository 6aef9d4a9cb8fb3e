using System.Text.Json.Serialization;

namespace MyPortal.Contracts.SandboxScenario;

/// <summary>
/// The ready file (<c>world.json</c>): everything a program needs to use the running sandbox as a citizen, a sender or an
/// operator would. Parties that do not exist are empty lists.
/// </summary>
/// <param name="Portal">Origin of the portal.</param>
/// <param name="Agent">Address of the card agent.</param>
/// <param name="Control">Address of the sandbox's control page.</param>
/// <param name="Cards">The test cards.</param>
/// <param name="Senders">The sandbox senders with their private keys.</param>
/// <param name="Operators">Who may sign in at the administration pages.</param>
/// <param name="Businesses">Web sites of the senders, where people connect the portal.</param>
public sealed record Scenario(
    string Portal,
    string Agent,
    string Control,
    IReadOnlyList<ScenarioCard> Cards,
    IReadOnlyList<ScenarioSender> Senders,
    IReadOnlyList<ScenarioOperator> Operators,
    IReadOnlyList<ScenarioBusiness> Businesses);

/// <summary>The web site of a sender.</summary>
/// <param name="Sender">Short name of the sender.</param>
/// <param name="Site">Address for browsers, which resolve names that end with <c>.localhost</c>.</param>
/// <param name="Loopback">The same site for programs that do not.</param>
public sealed record ScenarioBusiness(string Sender, string Site, string Loopback);

/// <summary>An operator of the sandbox.</summary>
/// <param name="Card">The card the operator signs in with.</param>
/// <param name="Roles">Roles of that operator.</param>
public sealed record ScenarioOperator(string Card, IReadOnlyList<string> Roles);

/// <summary>A test card of an invented person.</summary>
/// <param name="Id">Short name; the value of the agent's form field <c>card</c>.</param>
/// <param name="Name">Name of the invented person.</param>
/// <param name="Situation">What is special about this card, one plain sentence.</param>
/// <param name="Pin">4-digit PIN of the user-authentication key.</param>
/// <param name="SignaturePassword">Password of the signature key; null when the card has none.</param>
/// <param name="Enrolled">Whether the person already has an account at the portal.</param>
public sealed record ScenarioCard(string Id, string Name, string Situation, string Pin, string? SignaturePassword = null, bool Enrolled = false);

/// <summary>A sandbox sender.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Name">Name as citizens see it.</param>
/// <param name="Kind">Public or private.</param>
/// <param name="ClientId">Client identifier for <c>private_key_jwt</c>.</param>
/// <param name="PrivateKeyPem">Its ECDSA P-256 private key, PKCS#8 PEM.</param>
/// <param name="TokenUrl">Address of the token endpoint; also the audience of the client assertion.</param>
/// <param name="RecipientCodes">Whom it may write to.</param>
public sealed record ScenarioSender(
    string Id,
    string Name,
    SenderKind Kind,
    string ClientId,
    string PrivateKeyPem,
    string TokenUrl,
    IReadOnlyList<ScenarioRecipientCode> RecipientCodes);

/// <summary>A recipient code of a sandbox sender.</summary>
/// <param name="Card">Whose.</param>
/// <param name="Code">26 Crockford base32 characters.</param>
public sealed record ScenarioRecipientCode(string Card, string Code);

/// <summary>Answer of <c>GET {control}/control/world</c>.</summary>
/// <param name="State">How far seeding is.</param>
/// <param name="Steps">What has been done so far, in order, one plain sentence each.</param>
/// <param name="Scenario">The scenario, once it is ready.</param>
/// <param name="Trouble">What went wrong, when it failed.</param>
public sealed record ScenarioProgress(ScenarioState State, IReadOnlyList<string> Steps, [property: JsonPropertyName("world")] Scenario? Scenario = null, string? Trouble = null);

/// <summary>How far the making of the sandbox is.</summary>
public enum ScenarioState
{
    /// <summary>Waiting for the portal and the card agent to answer.</summary>
    Waiting,

    /// <summary>People enrol, senders post.</summary>
    Making,

    /// <summary>Everything is there.</summary>
    Ready,

    /// <summary>Something went wrong; see the trouble.</summary>
    Failed,
}
