namespace MyPortal.Contracts.Hub;

/// <summary>Something published with a signature over its exact bytes: answer of <c>GET {hub}/v1/matrix</c> and <c>/v1/participants</c>.</summary>
/// <param name="Content">Exact bytes of a <see cref="AuthorisationMatrix"/> or <see cref="ParticipantList"/>.</param>
/// <param name="Signature">The hub's signature over <c>lp("MYP-HUB/1 publication") ‖ lp(content)</c>, 64 bytes.</param>
public sealed record SignedPublication(byte[] Content, byte[] Signature);

/// <summary>Who may ask whom for what, fixed beforehand by law or ordinance.</summary>
/// <param name="Version">Counts up with every change.</param>
/// <param name="IssuedAt">When it was issued, UTC; copies older than ten minutes are not used.</param>
/// <param name="Rows">The rows.</param>
public sealed record AuthorisationMatrix(int Version, DateTimeOffset IssuedAt, IReadOnlyList<MatrixRow> Rows);

/// <summary>One row of the matrix. Labels in three languages travel with it, so that the portal can show a holder it never met.</summary>
/// <param name="RowId">Identifier.</param>
/// <param name="RequesterClass">Who may ask: <c>portal</c>, <c>municipality</c>, <c>agency</c>.</param>
/// <param name="Holder">Who answers.</param>
/// <param name="Basis">On which basis.</param>
/// <param name="LegalReference">Law and article.</param>
/// <param name="DatasetId">Dataset.</param>
/// <param name="DatasetVersion">Its version.</param>
/// <param name="Theme">Theme under which the portal offers it, for example <c>tax</c>.</param>
/// <param name="ThemeLabel">Name of the theme.</param>
/// <param name="Purpose">Purpose in plain words.</param>
/// <param name="Items">Items that may be asked for.</param>
/// <param name="MinimumLevel">Lowest assurance level of the person, 1 to 4.</param>
/// <param name="DatasetLabel">Name of the dataset as citizens see it; without it they read the name of the theme.</param>
public sealed record MatrixRow(
    string RowId,
    string RequesterClass,
    string Holder,
    LinkageBasis Basis,
    string LegalReference,
    string DatasetId,
    int DatasetVersion,
    string Theme,
    Label ThemeLabel,
    Label Purpose,
    IReadOnlyList<MatrixItem> Items,
    int MinimumLevel,
    Label? DatasetLabel = null);

/// <summary>An item of a dataset.</summary>
/// <param name="ItemId">Identifier.</param>
/// <param name="Label">Name as citizens see it.</param>
/// <param name="Type">How its value is read.</param>
public sealed record MatrixItem(string ItemId, Label Label, DatasetType Type);

/// <summary>Words in three languages.</summary>
/// <param name="Ja">Japanese.</param>
/// <param name="En">English.</param>
/// <param name="Easy">Easy Japanese.</param>
public sealed record Label(string Ja, string En, string Easy);

/// <summary>Who takes part.</summary>
/// <param name="Version">Counts up with every change.</param>
/// <param name="Participants">The participants, the hub included.</param>
public sealed record ParticipantList(int Version, IReadOnlyList<Participant> Participants);

/// <summary>A participant. Its keys are used only if their certificates come from the organisation CA; the hub's word alone is not enough.</summary>
/// <param name="Id">Short name, for example <c>sakura-city</c>; the common name of its certificates.</param>
/// <param name="Name">Name as citizens see it.</param>
/// <param name="Class"><c>hub</c>, <c>portal</c>, <c>municipality</c>, <c>agency</c>, <c>numbering-body</c>.</param>
/// <param name="Address">Base address of its https listener; empty for a participant that only asks.</param>
/// <param name="SigningCertificate">Certificate of its ECDSA P-256 signing key, DER.</param>
/// <param name="SealingCertificate">Certificate of its ECDH P-256 key, DER.</param>
public sealed record Participant(string Id, Label Name, string Class, string Address, byte[] SigningCertificate, byte[] SealingCertificate);
