namespace MyPortal.App;

/// <summary>
/// Settings that have another name now. An old name is refused instead of ignored: what it said would otherwise silently not hold.
/// docs/glossary.md keeps the same table for one release.
/// </summary>
internal static class RenamedSettings
{
    private static readonly (string Old, string New)[] Names = [("World", "Deployment:Mode"), ("Handout", "TrustBundle")];

    /// <exception cref="InvalidOperationException">An old name is set; the message says every one with its new name.</exception>
    public static void Refuse(IConfiguration configuration)
    {
        var used = Names.Where(name => configuration.GetSection(name.Old).Exists()).ToList();
        if (used.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, used.Select(name => $"{name.Old} is called {name.New} now; set {name.New} instead.")));
        }
    }
}
