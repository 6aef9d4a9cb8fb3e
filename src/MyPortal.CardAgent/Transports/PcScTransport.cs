using System.Runtime.InteropServices;
using System.Text;
using static MyPortal.CardAgent.Transports.PcScLibrary;

namespace MyPortal.CardAgent.Transports;

/// <summary>The card readers of the system, through the PC/SC service. Each use opens a context of its own, so a restarted service does no harm.</summary>
internal sealed class PcScTransport(ILogger<PcScTransport> log) : ICardTransport
{
    public IReadOnlyList<ICardSlot> PresentCards()
    {
        var result = Code(SCardEstablishContext(SystemScope, 0, 0, out var context));
        if (result != 0)
        {
            log.LogWarning("The card service did not answer: {Code:X8}", (int)result);
            return [];
        }

        try
        {
            return [.. Readers(context).Where(reader => HasCard(context, reader)).Select(reader => new PcScSlot(reader))];
        }
        finally
        {
            _ = SCardReleaseContext(context);
        }
    }

    // The list is names, each ended by a zero byte, and a last zero byte.
    private string[] Readers(nint context)
    {
        nuint length = 0;
        var result = Code(SCardListReaders(context, 0, null, ref length));
        if (result is NoReaders or NoService) return [];
        var names = new byte[length];
        if (result == 0) result = Code(SCardListReaders(context, 0, names, ref length));
        if (result == 0) return Encoding.UTF8.GetString(names, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries);

        log.LogWarning("The card readers could not be listed: {Code:X8}", (int)result);
        return [];
    }

    private static bool HasCard(nint context, string reader)
    {
        var name = Marshal.StringToCoTaskMemUTF8(reader);
        try
        {
            var state = new ReaderState { Reader = name };
            return SCardGetStatusChange(context, 0, ref state, 1) == 0 && (state.EventState & StatePresent) != 0;
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    private sealed class PcScSlot(string reader) : ICardSlot
    {
        public ICardSession Begin()
        {
            Check(SCardEstablishContext(SystemScope, 0, 0, out var context), "open the card service");
            nint card = 0;
            try
            {
                Check(SCardConnect(context, reader, Shared, ProtocolT0 | ProtocolT1, out card, out var protocol), "connect to the card");
                Check(SCardBeginTransaction(card), "take the card for ourselves");
                return new Session(context, card, protocol);
            }
            catch (CardGoneException)
            {
                if (card != 0) _ = SCardDisconnect(card, ResetCard);
                _ = SCardReleaseContext(context);
                throw;
            }
        }
    }

    private sealed class Session(nint context, nint card, nuint protocol) : ICardSession
    {
        private const int LongestAnswer = 258;
        private bool _ended;

        public byte[] Transmit(ReadOnlySpan<byte> command)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            Span<byte> answer = stackalloc byte[LongestAnswer];
            var length = (nuint)answer.Length;
            var header = new ProtocolHeader(protocol, (nuint)Marshal.SizeOf<ProtocolHeader>());
            Check(SCardTransmit(card, header, command, (nuint)command.Length, 0, answer, ref length), "send a command");
            return answer[..(int)length].ToArray();
        }

        // Reset, so that whoever uses the card next finds its keys closed.
        public void Dispose()
        {
            if (_ended) return;
            _ended = true;
            _ = SCardEndTransaction(card, ResetCard);
            _ = SCardDisconnect(card, ResetCard);
            _ = SCardReleaseContext(context);
        }
    }

    private static void Check(nint result, string attempt)
    {
        if (result != 0) throw new CardGoneException($"Could not {attempt}: {(int)Code(result):X8}.");
    }
}
