using System.Buffers.Binary;
using System.Net.Sockets;

namespace MyPortal.Sandbox.VirtualCard;

/// <summary>
/// The card's side of the vpcd framing: a big-endian 2-byte length and a body, both ways. A body of one byte is a control code.
/// </summary>
internal sealed class VpcdSession(JpkiApplet applet, Socket socket)
{
    private const byte PowerOff = 0;
    private const byte PowerOn = 1;
    private const byte ResetCard = 2;
    private const byte AskAnswerToReset = 4;

    /// <summary>ATR of the plastic card (T=1), as OpenSC knows it.</summary>
    private static readonly byte[] AnswerToReset = [0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];

    /// <summary>Runs until the reader hangs up.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        applet.Reset();
        var prefix = new byte[2];
        while (await FillAsync(prefix, cancellationToken))
        {
            var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            if (!await FillAsync(body, cancellationToken)) return;
            if (AnswerTo(body) is { } answer) await SendAsync(answer, cancellationToken);
        }
    }

    private byte[]? AnswerTo(byte[] body)
    {
        switch (body)
        {
            case [PowerOff or PowerOn or ResetCard]:
                applet.Reset();
                return null;
            case [AskAnswerToReset]:
                return AnswerToReset;
            default:
                return applet.Process(body);
        }
    }

    private async Task<bool> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!buffer.IsEmpty)
        {
            AcknowledgeAtOnce();
            var read = await socket.ReceiveAsync(buffer, cancellationToken);
            if (read == 0) return false;
            buffer = buffer[read..];
        }
        return true;
    }

    private async Task SendAsync(byte[] answer, CancellationToken cancellationToken)
    {
        var frame = new byte[2 + answer.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)answer.Length);
        answer.CopyTo(frame, 2);
        await socket.SendAsync(frame, cancellationToken);
    }

    /// <summary>
    /// vpcd 3.3 writes length and body apart; with delayed acknowledgement that costs 44 ms per command. TCP_QUICKACK does not
    /// stick, hence before every read.
    /// </summary>
    private void AcknowledgeAtOnce()
    {
        if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(6, 12, [1, 0, 0, 0]);
    }
}
