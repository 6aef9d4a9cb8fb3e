using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Cards;

/// <summary>The card answered something this program cannot work with.</summary>
internal sealed class CardFaultException : Exception
{
    public CardFaultException()
    {
    }

    public CardFaultException(string message)
        : base(message)
    {
    }

    public CardFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public CardFaultException(string command, ushort status)
        : base($"{command} was answered with status {status:X4}.")
    {
    }
}

/// <summary>Where the card keeps what belongs to one of its two certificates.</summary>
/// <param name="Certificate">File of the certificate.</param>
/// <param name="Key">File of the private key.</param>
/// <param name="Secret">File of the PIN or password that opens the key.</param>
internal sealed record CardFiles(ushort Certificate, ushort Key, ushort Secret)
{
    private static readonly CardFiles Authentication = new(0x000A, 0x0017, 0x0018);
    private static readonly CardFiles Signature = new(0x0001, 0x001A, 0x001B);

    public static CardFiles Of(CertificateKind kind) => kind == CertificateKind.Authentication ? Authentication : Signature;
}

/// <summary>What became of one VERIFY.</summary>
/// <param name="IsAccepted">The key is open.</param>
/// <param name="TriesLeft">Tries left after a wrong entry; 0 means locked.</param>
internal readonly record struct VerifyOutcome(bool IsAccepted, int TriesLeft);
