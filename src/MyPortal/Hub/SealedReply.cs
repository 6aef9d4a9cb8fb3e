using System.Security.Cryptography;
using MyPortal.Contracts.Hub;

namespace MyPortal.Hub;

/// <summary>A verified answer, kept as ciphertext with the one-time key that opens it. Opening and wiping may come from different threads.</summary>
internal sealed class SealedReply(SealedAnswer sealedAnswer, byte[] core, ECDiffieHellman ephemeral) : IDisposable
{
    private readonly Lock gate = new();
    private bool isWiped;

    public HolderAnswer? Open()
    {
        lock (gate)
        {
            return isWiped ? null : HubJson.ReadOrNull<HolderAnswer>(LinkageSeal.Split(LinkageSeal.OpenAnswer(sealedAnswer, core, ephemeral)).Answer);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isWiped = true;
            ephemeral.Dispose();
        }
    }
}
