using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Security;

/// <summary>Where words of people could have been left lying.</summary>
internal static class CanaryPlaces
{
    /// <summary>A portal that logs everything there is to log, and where it can be searched.</summary>
    public static Task<TestPortal> StartAsync(LogKeeper logs) => TestPortal.StartAsync(configure: web => web.ConfigureTestServices(services => services
        .AddSingleton<ILoggerProvider>(logs)
        .Configure<LoggerFilterOptions>(filter =>
        {
            filter.Rules.Clear();
            filter.MinLevel = LogLevel.Trace;
        })));

    /// <summary>Everything that is there after a walk: files, logs, traces.</summary>
    public static List<(string Name, byte[] Bytes)> PlacesOf(TestPortal portal, LogKeeper logs, TraceKeeper traces)
    {
        using var db = portal.OpenDatabase();
        var database = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        return
        [
            .. Directory.EnumerateFiles(Path.GetDirectoryName(database)!, "*", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(portal.Folder, "*", SearchOption.AllDirectories))
                .Select(file => (Path.GetFileName(file), ReadShared(file))),
            ("logs", logs.Bytes),
            ("traces", traces.Bytes),
        ];
    }

    public static IEnumerable<string> HitsOf(Dictionary<string, object> canaries, IReadOnlyList<(string Name, byte[] Bytes)> places) =>
        from place in places
        from canary in canaries
        from writing in canary.Value is string word ? CanaryScan.Find(place.Bytes, word) : CanaryScan.Find(place.Bytes, (byte[])canary.Value)
        select $"{canary.Key} in {place.Name}, {writing}";

    public static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
