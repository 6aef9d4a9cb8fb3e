using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace MyPortal.Tests;

/// <summary>Lets bUnit 2 run on AngleSharp.Diffing 0.17: it asks for 1.1.1, which the package source lacks.</summary>
internal static class BunitOnOlderDiffing
{
    private const string Diffing = "AngleSharp.Diffing";

    [ModuleInitializer]
    internal static void Install() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name is Diffing ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, Diffing + ".dll")) : null;
}
