namespace MyPortal.Data;

/// <summary>Section <c>Data</c>: where the portal keeps what it must keep.</summary>
internal sealed record DataOptions
{
    public const string Section = "Data";

    /// <summary><c>Sqlite</c>, <c>SqlServer</c> or <c>PostgreSql</c>; anything else is a refusal to start.</summary>
    public string Provider { get; init; } = "Sqlite";

    /// <summary>Connection string of SQL Server or PostgreSQL. SQLite may leave it out: its file then lies in the folder.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Folder of keys and the embedded database. A relative path counts from the program's folder, never from the working directory.</summary>
    public string Folder { get; init; } = "data/portal";

    /// <summary>Whether pending migrations run at start; meant for the embedded default.</summary>
    public bool MigrateAtStart { get; init; } = true;

    /// <summary>Whether an empty database may begin beside keys that are there already: without it, such a database is taken for a lost one.</summary>
    public bool CreateNew { get; init; }

    public string AbsoluteFolder => Path.GetFullPath(Folder, AppContext.BaseDirectory);
}
