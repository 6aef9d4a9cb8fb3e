using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.Features.SignIn.Card;

/// <summary>Checks which agent program answers. The signed bytes are described at <see cref="AgentProof"/>.</summary>
internal static class AgentProofs
{
    /// <summary>SHA-256 of the agent's key when the proof is right; null otherwise.</summary>
    public static byte[]? KeyHashOf(CardResponse response, string ticketAddress)
    {
        var proof = response.Agent;
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(proof.PublicKey, out var read);
            var isRight = read == proof.PublicKey.Length
                && key.KeySize is 256
                && key.VerifyData(SignedBytes(response, ticketAddress), proof.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            return isRight ? SHA256.HashData(proof.PublicKey) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal static byte[] SignedBytes(CardResponse response, string ticketAddress)
    {
        using var bytes = new MemoryStream();
        Write(bytes, Encoding.UTF8.GetBytes(AgentProof.SignedType));
        Write(bytes, Encoding.UTF8.GetBytes(ticketAddress));
        Write(bytes, Encoding.UTF8.GetBytes(response.ResponseSecret));
        WriteNumber(bytes, response.Signatures.Count);
        foreach (var signature in response.Signatures)
        {
            Write(bytes, SHA256.HashData(signature.Cms));
        }

        return bytes.ToArray();
    }

    private static void Write(MemoryStream bytes, byte[] field)
    {
        WriteNumber(bytes, field.Length);
        bytes.Write(field);
    }

    private static void WriteNumber(MemoryStream bytes, int number)
    {
        Span<byte> encoded = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(encoded, number);
        bytes.Write(encoded);
    }
}
