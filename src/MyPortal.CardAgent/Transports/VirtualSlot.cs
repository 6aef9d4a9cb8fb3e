using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MyPortal.CardAgent.Transports;

/// <summary>
/// One virtual card on its TCP line, in the framing of vsmartcard's vpcd: two length bytes, big-endian, then the body, both ways.
/// A body of one byte is a control: the reader's power and reset, which have no answer, and the question for the ATR.
/// </summary>
internal sealed class VirtualSlot(Socket line) : ICardSlot, IDisposable
{
    private const byte PowerOff = 0;
    private const byte PowerOn = 1;
    private const byte Reset = 2;
    private const byte AskAtr = 4;
    private static readonly TimeSpan LongestUse = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HelloTime = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _use = new(1, 1);
    private volatile bool _broken;

    /// <summary>Whether the card is still there: a closed line reads as ready with nothing to read.</summary>
    public bool IsPresent
    {
        get
        {
            if (_broken) return false;
            if (_use.CurrentCount == 0) return true;
            try
            {
                return !line.Poll(TimeSpan.Zero, SelectMode.SelectRead) || line.Available > 0;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Powers the card and reads its ATR.</summary>
    /// <returns>False when whoever connected does not behave like a card.</returns>
    public bool PowerUp()
    {
        line.NoDelay = true;
        line.SendTimeout = line.ReceiveTimeout = (int)HelloTime.TotalMilliseconds;
        try
        {
            Send([PowerOn]);
            Send([AskAtr]);
            var isCard = Receive().Length is > 1 and <= 33;
            line.SendTimeout = line.ReceiveTimeout = (int)AnswerTime.TotalMilliseconds;
            return isCard;
        }
        catch (CardGoneException)
        {
            return false;
        }
    }

    public ICardSession Begin()
    {
        if (!_use.Wait(LongestUse)) throw new CardGoneException("The card is in use.");
        return new Session(this);
    }

    public void Dispose()
    {
        if (!_broken)
        {
            try
            {
                Send([PowerOff]);
            }
            catch (CardGoneException)
            {
                // The card left first; there is nothing to switch off.
            }
        }

        line.Dispose();
        _use.Dispose();
    }

    // Length and body leave in one write: two writes meet Nagle and delayed acknowledgement, 44 ms for each command.
    private void Send(ReadOnlySpan<byte> body)
    {
        var frame = new byte[2 + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)body.Length);
        body.CopyTo(frame.AsSpan(2));
        try
        {
            for (var sent = 0; sent < frame.Length;) sent += line.Send(frame.AsSpan(sent));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Broken(e);
        }
        finally
        {
            // A frame may carry a PIN.
            CryptographicOperations.ZeroMemory(frame);
        }
    }

    private byte[] Receive()
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(ReceiveExactly(2));
        return ReceiveExactly(length);
    }

    private byte[] ReceiveExactly(int count)
    {
        var buffer = new byte[count];
        try
        {
            for (var got = 0; got < count;)
            {
                var read = line.Receive(buffer.AsSpan(got));
                if (read == 0) throw Broken(null);
                got += read;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Broken(e);
        }

        return buffer;
    }

    // After a broken or late answer the line is out of step: the card must connect anew.
    private CardGoneException Broken(Exception? cause)
    {
        _broken = true;
        line.Close();
        return cause is null ? new CardGoneException("The card closed its line.") : new CardGoneException("The line to the card broke.", cause);
    }

    private sealed class Session(VirtualSlot slot) : ICardSession
    {
        private bool _ended;

        public byte[] Transmit(ReadOnlySpan<byte> command)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            slot.Send(command);
            return slot.Receive();
        }

        public void Dispose()
        {
            if (_ended) return;
            _ended = true;
            try
            {
                slot.Send([Reset]);
            }
            catch (CardGoneException)
            {
                // A card that left has lost its PIN state with its power.
            }
            finally
            {
                slot._use.Release();
            }
        }
    }
}
