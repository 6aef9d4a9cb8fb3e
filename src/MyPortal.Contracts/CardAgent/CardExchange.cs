namespace MyPortal.Contracts.CardAgent;

/// <summary>Answer to the agent's one <c>GET {portal}/card/t/{ticket}</c>. A second fetch kills the transaction.</summary>
/// <param name="Documents">The documents to be signed, each the exact bytes of a <see cref="CardDocument"/>.</param>
/// <param name="ResponseSecret">256 random bits, base64url; only who fetched can answer.</param>
/// <param name="Text">Signing only: the UTF-8 bytes of the text that the document's statement names.</param>
public sealed record CardTicket(IReadOnlyList<byte[]> Documents, string ResponseSecret, byte[]? Text = null);

/// <summary>Body of <c>POST {portal}/card/t/{ticket}/response</c>.</summary>
/// <param name="ResponseSecret">The secret of the ticket.</param>
/// <param name="Signatures">One entry per document and certificate asked for.</param>
/// <param name="Agent">Proof of which agent program answers.</param>
public sealed record CardResponse(string ResponseSecret, IReadOnlyList<CardSignature> Signatures, AgentProof Agent);

/// <summary>One signature by the card.</summary>
/// <param name="Document">Index into <see cref="CardTicket.Documents"/>, from 0.</param>
/// <param name="Certificate">Which certificate of the card signed.</param>
/// <param name="Cms">CMS SignedData (RFC 5652), DER, the document inside as content.</param>
public sealed record CardSignature(int Document, CertificateKind Certificate, byte[] Cms);

/// <summary>
/// Signature by the agent's own key, made when the agent was installed. It is ECDSA P-256 with SHA-256 (r ‖ s, 64 bytes) over
/// <c>lp("MYP-AGENT/1") ‖ lp(ticket address) ‖ lp(response secret) ‖ u32 count ‖ lp(SHA-256(cms))…</c> with the CMS in the order of
/// <see cref="CardResponse.Signatures"/>; <c>lp</c> is a big-endian u32 length and the bytes, text in UTF-8.
/// </summary>
/// <param name="PublicKey">SubjectPublicKeyInfo of the agent key, DER.</param>
/// <param name="Signature">64 bytes, r ‖ s.</param>
/// <param name="Version">Version of the agent program, for support only.</param>
public sealed record AgentProof(byte[] PublicKey, byte[] Signature, string Version)
{
    /// <summary>The type string that opens the signed bytes.</summary>
    public const string SignedType = "MYP-AGENT/1";
}

/// <summary>Answer to an accepted <see cref="CardResponse"/>.</summary>
/// <param name="CompletionCode">256 random bits, base64url; valid 60 seconds, once, and only together with the cookie of the browser that began.</param>
public sealed record CardCompletion(string CompletionCode);
