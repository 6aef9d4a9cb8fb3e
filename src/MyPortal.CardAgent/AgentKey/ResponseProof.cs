using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.AgentKey;

/// <summary>Proves to the portal which installed agent answers (see <see cref="AgentProof"/> for the bytes).</summary>
internal static class ResponseProof
{
    public static AgentProof Make(ECDsa agentKey, string ticketAddress, string responseSecret, IReadOnlyList<CardSignature> signatures) => new(
        agentKey.ExportSubjectPublicKeyInfo(),
        agentKey.SignData(SignedBytes(ticketAddress, responseSecret, signatures.Select(signature => signature.Cms).ToList()), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        AgentBuild.Version);

    internal static byte[] SignedBytes(string ticketAddress, string responseSecret, IReadOnlyList<byte[]> cms)
    {
        using var bytes = new MemoryStream();
        WritePrefixed(bytes, Encoding.UTF8.GetBytes(AgentProof.SignedType));
        WritePrefixed(bytes, Encoding.UTF8.GetBytes(ticketAddress));
        WritePrefixed(bytes, Encoding.UTF8.GetBytes(responseSecret));
        WriteNumber(bytes, cms.Count);
        foreach (var signature in cms) WritePrefixed(bytes, SHA256.HashData(signature));
        return bytes.ToArray();
    }

    private static void WritePrefixed(MemoryStream bytes, ReadOnlySpan<byte> value)
    {
        WriteNumber(bytes, value.Length);
        bytes.Write(value);
    }

    private static void WriteNumber(MemoryStream bytes, int number)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, number);
        bytes.Write(four);
    }
}
