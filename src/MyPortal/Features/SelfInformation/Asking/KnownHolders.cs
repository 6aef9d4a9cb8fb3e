using MyPortal.Contracts.Hub;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Hub;

namespace MyPortal.Features.SelfInformation.Asking;

/// <summary>Remembers the words of the last publications, so that pages which ask nobody can still name who was asked.</summary>
internal sealed class KnownHolders : IHolderLabels
{
    private volatile HubPublications? latest;

    public void Remember(HubPublications publications) => latest = publications;

    public Label? NameOf(string holder) => latest?.Find(holder)?.Name;

    public bool IsAccessLog(string? rowId) => rowId is not null && RowOf(rowId) is { Theme: ListThemes.OfAccessLog };

    public MatrixRow? RowOf(string rowId) => latest?.Matrix.Rows.FirstOrDefault(row => row.RowId == rowId);
}
