using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace MyPortal.Data.Sqlite;

/// <summary>Lets Microsoft.Data.Sqlite 10 run on SQLitePCLRaw 2.0.6 (it asks for 2.1.13) and on the machine's own SQLite (docs/adr/0003).</summary>
internal static class SqliteOnSystemLibrary
{
    private const string Core = "SQLitePCLRaw.core";
    private const string Provider = "SQLitePCLRaw.provider.e_sqlite3";

    [ModuleInitializer]
    internal static void Install()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name is Core ? context.LoadFromAssemblyPath(Beside(Core)) : null;
        var provider = AssemblyLoadContext.Default.LoadFromAssemblyPath(Beside(Provider));
        NativeLibrary.SetDllImportResolver(provider, (name, _, _) => name is "e_sqlite3" ? NativeLibrary.Load(SystemLibrary) : 0);
        UseProvider();
    }

    private static string SystemLibrary =>
        OperatingSystem.IsWindows() ? "winsqlite3" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseProvider() => SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());

    private static string Beside(string assembly) =>
        Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, assembly + ".dll");
}
