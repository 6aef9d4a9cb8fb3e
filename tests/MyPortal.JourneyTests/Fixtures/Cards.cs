namespace MyPortal.JourneyTests.Fixtures;

/// <summary>
/// Which journey uses which card of the sandbox: what one journey changes, no other may count on.
/// </summary>
internal static class Cards
{
    /// <summary>Enrolled, with notices; for looking at pages.</summary>
    public const string Reader = "hanako";

    /// <summary>Enrols for looking at pages: nothing has arrived, the loss code is not kept yet.</summary>
    public const string Newcomer = "daiki";

    /// <summary>Enrolled; shown in the pictures of the README and nowhere else.</summary>
    public const string Pictured = "kenji";

    /// <summary>Enrolled; what a sender's program sends goes here.</summary>
    public const string Customer = "misaki";

    /// <summary>Enrolled; signs in under difficulties.</summary>
    public const string Persistent = "fumiko";

    /// <summary>Fresh, for the main journey with script.</summary>
    public const string First = "taro";

    /// <summary>Fresh, for the main journey without script.</summary>
    public const string FirstWithoutScript = "yoko";

    /// <summary>Fresh; consents and withdraws with script.</summary>
    public const string Consenting = "sakae";

    /// <summary>Fresh; consents and withdraws without script.</summary>
    public const string ConsentingWithoutScript = "minoru";

    /// <summary>Fresh, names a proxy, with script.</summary>
    public const string Father = "masao";

    /// <summary>Fresh, is that proxy.</summary>
    public const string Daughter = "yumi";

    /// <summary>Fresh, names a proxy, without script.</summary>
    public const string OtherFather = "shigeru";

    /// <summary>Fresh, is that proxy.</summary>
    public const string OtherDaughter = "ai";

    /// <summary>Never enrols.</summary>
    public const string Stranger = "shota";

    /// <summary>Never enrols; locks the card and has it unlocked.</summary>
    public const string Forgetful = "emi";

    /// <summary>Enrols with the elliptic keys of the announced card, then reports it lost.</summary>
    public const string NextGeneration = "mirai";

    /// <summary>Operator: receives, approves, operates.</summary>
    public const string Clerk = "ichiro";

    /// <summary>Operator: approves, audits, operates.</summary>
    public const string Approver = "futaba";

    public const string Expired = "kazuo";
    public const string Revoked = "setsuko";
    public const string OnHold = "osamu";
    public const string Locked = "naoki";
    public const string Child = "sakura";
    public const string Moved = "yuko";
}
