namespace MyPortal.Identity;

/// <summary>How surely a session stands for its citizen. Derived on the server from the kind of evidence, never from what a client says.</summary>
internal enum AssuranceLevel
{
    /// <summary>Card without PIN at a terminal that authenticates itself: headlines only.</summary>
    CardWithoutPin = 1,

    /// <summary>Passkey with user verification, or card with PIN from an agent program seen for the first time: inbox, settings, every stopping act.</summary>
    Verified = 2,

    /// <summary>User-authentication certificate with PIN through a known agent.</summary>
    CardWithPin = 3,
}

/// <summary>
/// What was shown, at the login or later in the session. Travels with every assertion beside the level, which is a fact of its own: a
/// card with PIN at a program seen for the first time is a card with PIN, and counts for less.
/// </summary>
internal enum LoginEvidence
{
    CardPin,
    CardWithoutPin,
    Passkey,
}

/// <summary>How evidence is called outside the portal: at the linkage hub and on receipts.</summary>
internal static class EvidenceLabels
{
    public static string ToWord(this LoginEvidence evidence) => evidence switch
    {
        LoginEvidence.CardPin => "card-pin",
        LoginEvidence.Passkey => "passkey",
        _ => "card-without-pin",
    };
}

/// <summary>Where the citizen sat.</summary>
internal enum TerminalClass
{
    OwnDevice,
    Kiosk,
    SetTopBox,
}
