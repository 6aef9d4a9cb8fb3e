using MyPortal.Contracts.Hub;
using MyPortal.Features.SelfInformation.Asking;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.SelfInformation;

/// <summary>A theme under which holders can be asked.</summary>
/// <param name="Id">Identifier in the matrix.</param>
/// <param name="Name">Name in three languages.</param>
/// <param name="Holders">Who would be asked.</param>
/// <param name="MinimumLevel">The lowest level at which at least one of them answers.</param>
/// <param name="IsOpen">Whether the viewer's level is enough.</param>
internal sealed record Theme(string Id, Label Name, IReadOnlyList<ThemeHolder> Holders, int MinimumLevel, bool IsOpen);

/// <summary>A holder of a theme, and how it did lately.</summary>
internal sealed record ThemeHolder(string Id, Label Name, HolderCircuitState Condition);

/// <summary>Lists what a person may ask for. Asks no holder and says nothing about the person to anybody.</summary>
internal sealed class ListThemes(IHolderClient line, KnownHolders known, HolderCircuitBreaker conditions)
{
    /// <summary>Rows of this theme belong to the page of access records.</summary>
    public const string OfAccessLog = "access-log";

    /// <summary>Whether a row belongs on the page of the own information.</summary>
    public static bool IsOffered(MatrixRow row) => row.Basis is LinkageBasis.Self && row.RequesterClass is "portal" && row.Theme is not OfAccessLog;

    public async Task<Result<IReadOnlyList<Theme>>> ExecuteAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        var publications = await line.ReadPublicationsAsync(cancellationToken);
        if (publications.IsRefused)
        {
            return publications.Error;
        }

        known.Remember(publications.Value);
        return publications.Value.Matrix.Rows.Where(IsOffered)
            .GroupBy(row => row.Theme, StringComparer.Ordinal)
            .Select(rows => Of([.. rows], publications.Value, viewer))
            .ToList();
    }

    private Theme Of(List<MatrixRow> rows, HubPublications publications, Viewer viewer)
    {
        var level = rows.Min(row => row.MinimumLevel);
        var holders = rows.Select(row => row.Holder).Distinct(StringComparer.Ordinal)
            .Select(id => new ThemeHolder(id, publications.Find(id)?.Name ?? new Label(id, id, id), conditions.ConditionOf(id)));
        return new Theme(rows[0].Theme, rows[0].ThemeLabel, [.. holders], level, level <= (int)viewer.Level);
    }
}
