using MyPortal.Contracts.Hub;

namespace MyPortal.Hub;

/// <summary>A verified copy of the publications.</summary>
/// <param name="Participants">Who takes part.</param>
/// <param name="Matrix">What may be asked.</param>
/// <param name="HubCertificate">The hub's signing certificate.</param>
/// <param name="ReadAt">When the copy was made, UTC.</param>
internal sealed record HubPublications(ParticipantList Participants, AuthorisationMatrix Matrix, byte[] HubCertificate, DateTimeOffset ReadAt)
{
    private static readonly TimeSpan CopyLife = TimeSpan.FromMinutes(10);

    public Participant? Find(string id) => Participants.Participants.FirstOrDefault(participant => participant.Id == id);

    /// <summary>Whether a row still stands word for word: what the person saw is what is asked.</summary>
    public bool HasRow(MatrixRow row) =>
        Matrix.Rows.FirstOrDefault(current => current.RowId == row.RowId) is { } found && HubJson.Write(found).AsSpan().SequenceEqual(HubJson.Write(row));

    /// <summary>Whether the copy may be used: both its own age and that of the matrix count. A clock that was set back must not keep it for ever.</summary>
    public bool IsFreshAt(DateTimeOffset now) => (now - ReadAt).Duration() < CopyLife && (now - Matrix.IssuedAt).Duration() <= CopyLife;

    /// <summary>Whether every name is a name and stands for one thing only.</summary>
    public bool IsWellFormed() =>
        HubJson.IsWhole(Participants.Participants) && HubJson.IsWhole(Matrix.Rows) && Matrix.Rows.All(row => HubJson.IsWhole(row.Items))
        && AreNames(Participants.Participants.Select(participant => participant.Id))
        && AreNames(Matrix.Rows.Select(row => row.RowId))
        && Matrix.Rows.All(row => HubJson.IsName(row.Holder) && HubJson.IsName(row.Theme) && HubJson.IsName(row.DatasetId) && AreNames(row.Items.Select(item => item.ItemId)));

    private static bool AreNames(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return names.All(name => HubJson.IsName(name) && seen.Add(name));
    }
}
