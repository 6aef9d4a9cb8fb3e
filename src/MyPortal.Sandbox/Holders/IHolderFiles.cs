using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.ResidentNetwork;

namespace MyPortal.Sandbox.Holders;

/// <summary>What a holder keeps about people, whom it knows by its own code only.</summary>
internal interface IHolderFiles
{
    /// <summary>What the subject check needs; null for a code of nobody.</summary>
    Task<SubjectEvidence?> SubjectAsync(string code, Guid requestId, byte[] coreHash, CancellationToken cancellationToken);

    /// <summary>Exactly the items asked for, as far as there are values.</summary>
    HolderContent Read(string code, MatrixRow row, IReadOnlyList<string> items);
}

/// <summary>What a holder found.</summary>
/// <param name="Outcome">Whether there is something to show.</param>
/// <param name="Records">The values.</param>
/// <param name="Reason">Why something is withheld.</param>
internal sealed record HolderContent(HolderOutcome Outcome, IReadOnlyList<DatasetRecord> Records, string? Reason = null);
