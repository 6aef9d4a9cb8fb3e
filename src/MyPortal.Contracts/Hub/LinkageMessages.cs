namespace MyPortal.Contracts.Hub;

/// <summary>Body of <c>POST {hub}/v1/linkages</c>, and, with the holder's code in it, of <c>POST {holder}/v1/provide</c>.</summary>
/// <param name="Core">The exact bytes of a <see cref="LinkageCore"/>; what is signed is never written anew.</param>
/// <param name="CoreSignature">The requester's signature over the core (docs/hub-protocol.md section 3), 64 bytes.</param>
/// <param name="Code">The person's code at the receiver's counterpart: the requester's own code on the way to the hub, the holder's own on the way to the holder.</param>
public sealed record LinkageRequest(byte[] Core, byte[] CoreSignature, string Code);

/// <summary>Everything a request says except whose data it concerns. The hub can change nothing of it.</summary>
/// <param name="Type">Always <see cref="CurrentType"/>.</param>
/// <param name="RequestId">Random (version 4), one per holder and attempt.</param>
/// <param name="Requester">Identifier of the asking participant.</param>
/// <param name="Holder">Identifier of the answering participant.</param>
/// <param name="RowId">Row of the authorisation matrix that allows it.</param>
/// <param name="MatrixVersion">Version of the matrix the requester read.</param>
/// <param name="Items">Items asked for; a subset of the row's.</param>
/// <param name="Purpose">Purpose in plain Japanese.</param>
/// <param name="Basis">Legal basis.</param>
/// <param name="Actor">Who asks within the requester.</param>
/// <param name="Evidence">What was shown: <c>card-pin</c>, <c>card-without-pin</c> or <c>passkey</c>.</param>
/// <param name="Terminal">Where the person sat.</param>
/// <param name="Mode">How the answer travels.</param>
/// <param name="Algorithm">Always <see cref="SealedAnswer.CurrentAlgorithm"/>.</param>
/// <param name="IssuedAt">Instant of the request, UTC.</param>
/// <param name="Deadline">Instant after which nobody waits any more, UTC.</param>
/// <param name="SubjectTag">HMAC of the subject tag, sealed to the holder's static key (docs/hub-protocol.md section 5).</param>
/// <param name="EphemeralKey">Public key of this attempt to which the answer is sealed: SubjectPublicKeyInfo, P-256.</param>
/// <param name="Level">How much the requester relies on what was shown, 1 to 4; never more than the evidence can prove. Absent: as much as it can.</param>
public sealed record LinkageCore(
    string Type,
    Guid RequestId,
    string Requester,
    string Holder,
    string RowId,
    int MatrixVersion,
    IReadOnlyList<string> Items,
    string Purpose,
    LinkageBasis Basis,
    LinkageActor Actor,
    string Evidence,
    string Terminal,
    LinkageMode Mode,
    string Algorithm,
    DateTimeOffset IssuedAt,
    DateTimeOffset Deadline,
    byte[] SubjectTag,
    byte[] EphemeralKey,
    int? Level = null)
{
    /// <summary>The type string of this version of the core.</summary>
    public const string CurrentType = "MYP-HUB/1";
}

/// <summary>Why a request is lawful.</summary>
public enum LinkageBasis
{
    /// <summary>A law's row.</summary>
    Statute,

    /// <summary>The person asks for the own data.</summary>
    Self,
}

/// <summary>Who pressed the button.</summary>
public enum LinkageActor
{
    /// <summary>An official of the requester.</summary>
    Official,

    /// <summary>A machine of the requester.</summary>
    System,

    /// <summary>The person concerned.</summary>
    Self,
}

/// <summary>How the answer travels.</summary>
public enum LinkageMode
{
    /// <summary>Through the hub, which relays sealed bytes.</summary>
    Gateway,
}

/// <summary>Answer to a <see cref="LinkageRequest"/>.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Code">The receiver's own code again; the hub swaps it back.</param>
/// <param name="Sealed">The exact bytes of a <see cref="SealedAnswer"/>.</param>
public sealed record LinkageReply(Guid RequestId, string Code, byte[] Sealed);

/// <summary>An answer that only the requester can open (docs/hub-protocol.md section 4).</summary>
/// <param name="Algorithm">Always <see cref="CurrentAlgorithm"/>.</param>
/// <param name="HolderKey">The holder's ephemeral public key: SubjectPublicKeyInfo, P-256.</param>
/// <param name="Nonce">96 random bits.</param>
/// <param name="Ciphertext">Ciphertext and 128-bit tag of the padded content.</param>
public sealed record SealedAnswer(string Algorithm, byte[] HolderKey, byte[] Nonce, byte[] Ciphertext)
{
    /// <summary>ECDH P-256, HKDF-SHA-256, AES-256-GCM.</summary>
    public const string CurrentAlgorithm = "MYP-SEAL/1";
}

/// <summary>What is inside the seal: the holder signs these exact bytes.</summary>
/// <param name="Type">Always <see cref="CurrentType"/>.</param>
/// <param name="Outcome">Whether there is something to show. Empty and withheld are known only inside the seal.</param>
/// <param name="ProducedAt">When the holder read its store, UTC.</param>
/// <param name="SubjectProof">HMAC(subject tag, SHA-256(core)): the holder speaks of the same person.</param>
/// <param name="DatasetId">Dataset of the row.</param>
/// <param name="Version">Version of the dataset.</param>
/// <param name="Records">The values; only items that were asked for.</param>
/// <param name="Reason">Why something is withheld, in plain Japanese.</param>
public sealed record HolderAnswer(
    string Type,
    HolderOutcome Outcome,
    DateTimeOffset ProducedAt,
    byte[] SubjectProof,
    string DatasetId,
    int Version,
    IReadOnlyList<DatasetRecord> Records,
    string? Reason = null)
{
    /// <summary>The type string of this version of the answer.</summary>
    public const string CurrentType = "MYP-ANSWER/1";
}

/// <summary>What a holder found.</summary>
public enum HolderOutcome
{
    /// <summary>There are values.</summary>
    Ready,

    /// <summary>The holder has nothing about this person.</summary>
    Empty,

    /// <summary>A rule keeps it from being shown here.</summary>
    Denied,
}

/// <summary>One value.</summary>
/// <param name="ItemId">Item of the dataset.</param>
/// <param name="Value">The value as text; numbers in invariant form, days as YYYY-MM-DD.</param>
/// <param name="Type">How to read the value.</param>
/// <param name="Unit">Unit, for example <c>JPY</c> or <c>m2</c>.</param>
/// <param name="AsOf">The day or year the value holds for, for example <c>2026</c> or <c>2026-04-01</c>.</param>
public sealed record DatasetRecord(string ItemId, string Value, DatasetType Type, string? Unit = null, string? AsOf = null);

/// <summary>How a dataset value is read.</summary>
public enum DatasetType
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>A number in invariant form.</summary>
    Number,

    /// <summary>A day, YYYY-MM-DD.</summary>
    Day,

    /// <summary>An instant, RFC 3339 UTC.</summary>
    Instant,
}

/// <summary>Body of <c>POST {hub}/v1/linkages/{id}/receipt</c>, from both ends.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="CiphertextHash">SHA-256 of the exact bytes of the <see cref="SealedAnswer"/>; all zero when none arrived.</param>
/// <param name="Size">Length of those bytes.</param>
/// <param name="Outcome">What became of it at this end: <c>sent</c>, <c>received</c>, <c>refused</c>, <c>unreadable</c>, <c>mismatch</c>.</param>
public sealed record LinkageReceipt(Guid RequestId, byte[] CiphertextHash, int Size, string Outcome);

/// <summary>Refusal of any call between participants.</summary>
/// <param name="Code">Stable code, for example <c>NO_ROW</c>.</param>
/// <param name="Stage">Who refused: <c>hub</c> or <c>holder</c>; repeated in the header <c>MYP-Error-At</c>.</param>
/// <param name="Retryable">Whether the same call may succeed later.</param>
/// <param name="RequestId">The request, where one was read.</param>
public sealed record HubProblem(string Code, string Stage, bool Retryable, Guid? RequestId = null);
