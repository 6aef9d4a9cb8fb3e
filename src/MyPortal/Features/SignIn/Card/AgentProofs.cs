using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.CardAgent;
using MyPortal.Jpki;

namespace MyPortal.Features.SignIn.Card;

/// <summary>Checks which agent program answers. The signed bytes are described at <see cref="AgentProof"/>.</summary>
internal static class AgentProofs
{
    private const int KeyLength = 91;

    /// <summary>SubjectPublicKeyInfo of a P-256 key up to the two numbers of an uncompressed point.</summary>
    private static ReadOnlySpan<byte> KeyHead =>
        [0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04];

    /// <summary>SHA-256 of the agent's key when the proof is right; null otherwise.</summary>
    public static byte[]? KeyHashOf(CardResponse response, string ticketAddress)
    {
        var proof = response.Agent;
        if (proof.PublicKey.Length is not KeyLength || !proof.PublicKey.AsSpan().StartsWith(KeyHead))
        {
            return null;
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(proof.PublicKey, out _);
            var isRight = key.VerifyData(SignedBytes(response, ticketAddress), proof.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            return isRight ? SHA256.HashData(proof.PublicKey) : null;
        }
        catch (Exception exception) when (HostileBytes.MayCause(exception))
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
