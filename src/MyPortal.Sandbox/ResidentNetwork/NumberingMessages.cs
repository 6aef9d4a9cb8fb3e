namespace MyPortal.Sandbox.ResidentNetwork;

/// <summary>Answer of <c>POST /v1/resolve-certificate</c>; the question is the organisation's <c>CodeByCertificate</c>.</summary>
/// <param name="IdCode">16 hex digits.</param>
internal sealed record ResolvedCertificate(string IdCode);

/// <summary>Body of <c>POST /v1/subject-proof</c>: the hub knows no attribute, so for its own records it asks who knows them.</summary>
/// <param name="IdCode">16 hex digits.</param>
/// <param name="RequestId">The request.</param>
/// <param name="CoreHash">SHA-256 of its core.</param>
internal sealed record SubjectQuestion(string IdCode, Guid RequestId, byte[] CoreHash);

/// <summary>Answer to a <see cref="SubjectQuestion"/>; from neither can birth date or sex be told.</summary>
/// <param name="Tag">What the requester must have sent.</param>
/// <param name="Proof">What the answer carries.</param>
internal sealed record SubjectEvidence(byte[] Tag, byte[] Proof);
