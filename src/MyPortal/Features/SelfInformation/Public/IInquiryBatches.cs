using MyPortal.Contracts.Hub;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.SelfInformation.Public;

/// <summary>For which page holders are asked; a run is found only by the page that it was started for.</summary>
internal enum InquiryKind
{
    /// <summary>自分の情報.</summary>
    SelfInformation,

    /// <summary>利用の記録.</summary>
    AccessLog,
}

/// <summary>
/// Asks holders through the hub in the background and keeps what comes back for a quarter of an hour at most, in memory and sealed.
/// A run belongs to one session, one citizen and one assurance level; for everybody else it does not exist.
/// </summary>
internal interface IInquiryBatches
{
    /// <summary>Asks each of the rows and returns at once. Rows above the viewer's level are not asked; their inquiry says so.</summary>
    /// <param name="viewer">Who asks about the own data.</param>
    /// <param name="kind">For which page.</param>
    /// <param name="choose">Which of the rows of basis self are asked.</param>
    /// <param name="cancellationToken">Gives up before anybody was asked; later on the asking goes on without the caller.</param>
    Task<Result<InquiryBatch>> StartAsync(Viewer viewer, InquiryKind kind, Func<MatrixRow, bool> choose, CancellationToken cancellationToken);

    /// <summary>The viewer's run; null when there is none, when it is over, and when it is somebody else's.</summary>
    InquiryBatch? Find(Viewer viewer, InquiryKind kind, Guid id);

    /// <summary>Whether another process started the run: it alone knows how the run stands, and this one must not say that it is gone.</summary>
    bool IsElsewhere(Guid id);

    /// <summary>Asks a holder again that did not answer; false when there is nothing to ask again.</summary>
    Task<bool> RetryAsync(Viewer viewer, InquiryKind kind, Guid id, int number, CancellationToken cancellationToken);

    /// <summary>Forgets a run at once; false when the viewer has no such run.</summary>
    bool Erase(Viewer viewer, InquiryKind kind, Guid id);
}

/// <summary>The words of the hub's last publications, for showing what was asked before. Of any age: they decide nothing.</summary>
internal interface IHolderLabels
{
    /// <summary>Name of a participant; null when no publication has named it since the portal started.</summary>
    Label? NameOf(string holder);

    /// <summary>A row of the matrix, or null as above.</summary>
    MatrixRow? RowOf(string rowId);

    /// <summary>Whether a row is the hub's record about the person, which only the person fetches; false for a row no publication has named.</summary>
    bool IsAccessLog(string? rowId);
}
