using System.Runtime.InteropServices;

namespace MyPortal.CardAgent.Transports;

/// <summary>
/// The functions of PC/SC lite (libpcsclite.so.1) the agent uses. On Linux its LONG and DWORD are as wide as a pointer, other than on
/// Windows and macOS, which need declarations of their own.
/// </summary>
internal static partial class PcScLibrary
{
    public const nint NoReaders = unchecked((int)0x8010002E);
    public const nint NoService = unchecked((int)0x8010001D);
    public const nuint SystemScope = 2;
    public const nuint Shared = 2;
    public const nuint ProtocolT0 = 1;
    public const nuint ProtocolT1 = 2;
    public const nuint ResetCard = 1;
    public const nuint StatePresent = 0x20;
    private const string Library = "libpcsclite.so.1";

    /// <summary>Error codes are 32 bits wide; the library widens them without sign.</summary>
    public static nint Code(nint result) => unchecked((int)result);

    [LibraryImport(Library)]
    public static partial nint SCardEstablishContext(nuint scope, nint reserved1, nint reserved2, out nint context);

    [LibraryImport(Library)]
    public static partial nint SCardReleaseContext(nint context);

    [LibraryImport(Library)]
    public static partial nint SCardListReaders(nint context, nint groups, byte[]? readers, ref nuint length);

    [LibraryImport(Library)]
    public static partial nint SCardGetStatusChange(nint context, nuint timeout, ref ReaderState states, nuint count);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint SCardConnect(nint context, string reader, nuint shareMode, nuint protocols, out nint card, out nuint protocol);

    [LibraryImport(Library)]
    public static partial nint SCardDisconnect(nint card, nuint disposition);

    [LibraryImport(Library)]
    public static partial nint SCardBeginTransaction(nint card);

    [LibraryImport(Library)]
    public static partial nint SCardEndTransaction(nint card, nuint disposition);

    [LibraryImport(Library)]
    public static partial nint SCardTransmit(nint card, in ProtocolHeader header, ReadOnlySpan<byte> command, nuint commandLength, nint answerHeader, Span<byte> answer, ref nuint answerLength);

    /// <summary>SCARD_IO_REQUEST.</summary>
    /// <param name="Protocol">Protocol in use.</param>
    /// <param name="Length">Length of this structure.</param>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct ProtocolHeader(nuint Protocol, nuint Length);

    /// <summary>SCARD_READERSTATE: five words and the ATR of 33 bytes, padded.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 80)]
    public struct ReaderState
    {
        public nint Reader;
        public nint UserData;
        public nuint CurrentState;
        public nuint EventState;
        public nuint AtrLength;
    }
}
