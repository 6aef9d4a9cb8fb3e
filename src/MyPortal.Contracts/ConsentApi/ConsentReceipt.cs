namespace MyPortal.Contracts.ConsentApi;

/// <summary>A receipt as it is handed over: exact bytes and a signature over them.</summary>
/// <param name="Type">Always <c>myportal-receipt/1</c>.</param>
/// <param name="Content">The signed bytes: <see cref="ConsentReceipt"/> in JSON.</param>
/// <param name="Signature">CMS SignedData (RFC 5652, DER), detached, by the portal's receipt key.</param>
public sealed record ReceiptFile(string Type, byte[] Content, byte[] Signature)
{
    /// <summary>Value of <see cref="Type"/>.</summary>
    public const string CurrentType = "myportal-receipt/1";
}

/// <summary>What was agreed, or refused. Field groups of ISO/IEC TS 27560.</summary>
/// <param name="Type">Always <c>myportal-consent-receipt/1</c>.</param>
/// <param name="Portal">Origin of the portal.</param>
/// <param name="KeyId">SHA-256 of the receipt certificate, lower-case hex.</param>
/// <param name="CopyFor">Whose copy it is.</param>
/// <param name="Consent">Identifier.</param>
/// <param name="Decision"><c>granted</c> or <c>declined</c>.</param>
/// <param name="DecidedAt">When, UTC.</param>
/// <param name="Business">To whom.</param>
/// <param name="Customer">The business's masked customer number.</param>
/// <param name="PurposeCode">What for, for programs.</param>
/// <param name="Purpose">What for, in words.</param>
/// <param name="Given">Items that were given.</param>
/// <param name="Policy">The business's own rules.</param>
/// <param name="KeptDays">How long the business keeps it after the end.</param>
/// <param name="TextVersion">Version of the screen's own words.</param>
/// <param name="Language">Language of the screen.</param>
/// <param name="Evidence">What the person had shown: <c>card-pin</c>, <c>card-without-pin</c> or <c>passkey</c>. Older receipts name the level here.</param>
/// <param name="WithdrawAt">Where it is withdrawn.</param>
/// <param name="Refused">Items that were not given; in the citizen's copy only.</param>
/// <param name="Onward">To whom it may be passed on; absent = to nobody.</param>
/// <param name="Pseudonym">The recipient code; absent when declined.</param>
/// <param name="DataNotBefore">Nothing older is passed, UTC; absent when declined.</param>
/// <param name="ExpiresAt">End, UTC; absent when declined.</param>
/// <param name="PreviousConsent">The consent that this one replaced.</param>
/// <param name="Level">How much it counted for, 1 to 4; absent on older receipts.</param>
public sealed record ConsentReceipt(
    string Type,
    string Portal,
    string KeyId,
    ReceiptCopy CopyFor,
    Guid Consent,
    string Decision,
    DateTimeOffset DecidedAt,
    ReceiptBusiness Business,
    string Customer,
    string PurposeCode,
    IReadOnlyList<ConsentText> Purpose,
    IReadOnlyList<ConsentItem> Given,
    string Policy,
    int KeptDays,
    string TextVersion,
    string Language,
    string Evidence,
    string WithdrawAt,
    IReadOnlyList<ConsentItem>? Refused = null,
    IReadOnlyList<ConsentText>? Onward = null,
    string? Pseudonym = null,
    DateTimeOffset? DataNotBefore = null,
    DateTimeOffset? ExpiresAt = null,
    Guid? PreviousConsent = null,
    int? Level = null)
{
    /// <summary>Value of <see cref="Type"/>.</summary>
    public const string CurrentType = "myportal-consent-receipt/1";
}

/// <summary>Whose copy.</summary>
public enum ReceiptCopy
{
    /// <summary>Everything, with what was refused.</summary>
    Citizen,

    /// <summary>What was given.</summary>
    Business,
}

/// <summary>The business of a receipt.</summary>
/// <param name="ClientId">Client identifier.</param>
/// <param name="Name">Registered name.</param>
/// <param name="CorporateNumber">法人番号, 13 digits.</param>
/// <param name="Contact">Where to ask.</param>
/// <param name="Service">For which of its services.</param>
public sealed record ReceiptBusiness(string ClientId, string Name, string CorporateNumber, string Contact, string Service);
