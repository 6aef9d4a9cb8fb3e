using MyPortal.Contracts.Hub;

namespace MyPortal.Hub;

/// <summary>A question to one holder about one person.</summary>
/// <param name="Code">The portal's own code of the person.</param>
/// <param name="SubjectTag">The person's subject tag.</param>
/// <param name="Row">The row of the matrix that allows the question, as the person saw it.</param>
/// <param name="Terminal">Where the person sits.</param>
internal sealed record HolderQuery(string Code, byte[] SubjectTag, MatrixRow Row, string Terminal);

/// <summary>How a question ended.</summary>
internal enum QueryOutcome
{
    /// <summary>A sealed answer arrived and belongs to the question.</summary>
    Answered,

    /// <summary>Hub or holder refused by a rule.</summary>
    Denied,

    /// <summary>Nothing usable arrived in time.</summary>
    Unavailable,

    /// <summary>Holder and portal do not speak of the same person; nothing left the holder.</summary>
    Mismatch,
}

/// <summary>What came back of a question. The answer stays sealed; <see cref="Open"/> shows it as long as the key lives.</summary>
internal sealed class HolderResponse(Guid requestId, QueryOutcome outcome, string? code, SealedReply? reply) : IDisposable
{
    /// <summary>Joins the portal's records with those of hub and holder.</summary>
    public Guid RequestId => requestId;

    public QueryOutcome Outcome => outcome;

    /// <summary>Code of the refusal, one of <see cref="HubErrors"/>, for the page, the record and support; null when answered.</summary>
    public string? Code => code;

    /// <summary>The answer in clear, for one rendering; null when there is none or it was wiped.</summary>
    public HolderAnswer? Open() => reply?.Open();

    /// <summary>Forgets the key: from now on nobody can open the answer.</summary>
    public void Dispose() => reply?.Dispose();
}
