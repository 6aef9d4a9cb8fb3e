using System.Security.Cryptography;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Cards;

/// <summary>A P-384 key inside a card of the next generation. The card gets the hash and answers r ‖ s, 96 bytes.</summary>
internal sealed class CardEcdsa(JpkiCard card, CertificateKind kind, ECDsa publicKey) : ECDsa
{
    public override int KeySize => publicKey.KeySize;

    public override byte[] SignHash(byte[] hash)
    {
        var signature = card.Sign(kind, hash);
        return signature.Length == 2 * KeySize / 8 ? signature : throw new CardFaultException("The card's signature has the wrong length.");
    }

    public override bool VerifyHash(byte[] hash, byte[] signature) => publicKey.VerifyHash(hash, signature);

    public override ECParameters ExportParameters(bool includePrivateParameters) => includePrivateParameters
        ? throw new CryptographicException("The key cannot leave the card.")
        : publicKey.ExportParameters(includePrivateParameters: false);
}
