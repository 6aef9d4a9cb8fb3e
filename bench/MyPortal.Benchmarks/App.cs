namespace MyPortal.Benchmarks;

/// <summary>A published web application to be measured.</summary>
/// <param name="Name">Name in the report.</param>
/// <param name="Assembly">Its published assembly.</param>
/// <param name="Arguments">Command line besides the address.</param>
internal sealed record App(string Name, string Assembly, IReadOnlyList<string> Arguments)
{
    private const string OriginSetting = "--Portal:Origin=";

    /// <summary>The only address under which it answers; null for an application that does not care.</summary>
    public string? Origin => Arguments.FirstOrDefault(argument => argument.StartsWith(OriginSetting, StringComparison.Ordinal))?[OriginSetting.Length..];
}
