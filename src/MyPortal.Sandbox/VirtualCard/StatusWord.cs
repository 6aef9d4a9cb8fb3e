namespace MyPortal.Sandbox.VirtualCard;

/// <summary>Status words (ISO/IEC 7816-4) the applet answers with.</summary>
internal static class StatusWord
{
    public const ushort Success = 0x9000;
    public const ushort WrongLength = 0x6700;
    public const ushort NotVerified = 0x6982;
    public const ushort Locked = 0x6984;
    public const ushort ConditionsNotMet = 0x6985;
    public const ushort WrongData = 0x6A80;
    public const ushort NotFound = 0x6A82;
    public const ushort WrongParameters = 0x6A86;
    public const ushort WrongOffset = 0x6B00;
    public const ushort UnknownInstruction = 0x6D00;
    public const ushort UnknownClass = 0x6E00;

    /// <summary>63 Cx: wrong secret, x tries left.</summary>
    public static ushort TriesLeft(int tries) => (ushort)(0x63C0 | tries);
}
