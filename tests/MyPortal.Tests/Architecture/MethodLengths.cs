using System.Reflection.Metadata;

namespace MyPortal.Tests.Architecture;

/// <summary>Measures methods by the lines that the debug information gives them, lambdas and async bodies included.</summary>
internal static class MethodLengths
{
    private const int Longest = 60;

    public static IReadOnlyList<Violation> LongIn(string assemblyFile)
    {
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assemblyFile, ".pdb")));
        using var assembly = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(assemblyFile));
        var debug = symbols.GetMetadataReader();
        var code = assembly.GetMetadataReader();
        return [.. from handle in debug.MethodDebugInformation
                   let method = debug.GetMethodDebugInformation(handle)
                   where !method.Document.IsNil
                   let document = debug.GetString(debug.GetDocument(method.Document).Name)
                   where IsHandWritten(document)
                   let lines = Lines(method, debug)
                   where lines > Longest
                   select new Violation($"{Path.GetFileName(document)} {NameOf(code, handle.ToDefinitionHandle())}", $"has {lines} lines, more than {Longest}")];
    }

    // Pages are markup; what matters there is the length of the file.
    private static bool IsHandWritten(string document) =>
        document.EndsWith(".cs", StringComparison.Ordinal)
        && !document.Contains("/obj/", StringComparison.Ordinal)
        && !document.Contains("/Migrations/", StringComparison.Ordinal);

    private static int Lines(MethodDebugInformation method, MetadataReader debug)
    {
        var points = method.GetSequencePoints().Where(point => !point.IsHidden && point.Document == method.Document).ToArray();
        return points.Length == 0 ? 0 : points.Max(point => point.EndLine) - points.Min(point => point.StartLine) + 1;
    }

    private static string NameOf(MetadataReader code, MethodDefinitionHandle handle) => code.GetString(code.GetMethodDefinition(handle).Name);
}
