namespace MyPortal.Sandbox.CertificateAuthority;

/// <summary>OCSPResponseStatus (RFC 6960 section 4.2.1), as far as it is used.</summary>
internal enum OcspStatus
{
    Successful = 0,
    MalformedRequest = 1,
    TryLater = 3,
}

/// <summary>Ways to answer wrongly; a verifier must refuse each of them.</summary>
internal enum OcspFault
{
    None,

    /// <summary>Leaves the nonce out.</summary>
    NoNonce,

    /// <summary>Answers with another nonce, as a replayed answer would.</summary>
    OtherNonce,

    /// <summary>The answer's life ended an hour ago.</summary>
    Stale,

    /// <summary>Speaks about another serial.</summary>
    OtherSerial,

    /// <summary>One bit of the signature is wrong.</summary>
    BrokenSignature,

    /// <summary>Signed by the delegate of another root.</summary>
    ForeignDelegate,

    /// <summary>Signed by a delegate whose own revocation would have to be checked.</summary>
    CheckedDelegate,

    /// <summary>Does not say until when it holds.</summary>
    NoNextUpdate,

    /// <summary>The responder is overloaded.</summary>
    TryLater,
}
