namespace MyPortal.Kernel;

/// <summary>
/// Reads a word of a form or an address that must name one value. The framework's parser also takes numbers, and several names with a
/// comma between, whose values it adds up.
/// </summary>
internal static class EnumName
{
    /// <summary>The value of exactly this name; null for any other text.</summary>
    public static T? Read<T>(string? name, StringComparison comparison = StringComparison.Ordinal)
        where T : struct, Enum =>
        Array.Find(Enum.GetNames<T>(), known => string.Equals(known, name, comparison)) is { } found ? Enum.Parse<T>(found) : null;
}
