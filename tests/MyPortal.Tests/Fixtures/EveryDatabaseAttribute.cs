using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace MyPortal.Tests.Fixtures;

/// <summary>The three engines, as a test names them.</summary>
public enum Engine
{
    Sqlite,
    PostgreSql,
    SqlServer,
}

/// <summary>
/// One row per engine for a <c>[Theory]</c> whose parameter is an <see cref="Engine"/>. For everything that sorts, compares text or
/// races. An engine that is not here is a visible skip; where CI is set, SQLite and PostgreSQL have to be here.
/// </summary>
/// <param name="without">Engines on which the thing tested does not exist.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute(params Engine[] without) : DataAttribute
{
    public IReadOnlyList<Engine> Without => without;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [.. Enum.GetValues<Engine>().Except(without).Select(engine => new TheoryDataRow<Engine>(engine) { Skip = WhyNot(engine) })]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private static string? WhyNot(Engine engine) => engine switch
    {
        Engine.PostgreSql when PostgreSqlCluster.Programs is null && Environment.GetEnvironmentVariable("CI") is not "true" =>
            "PostgreSQL is not installed; on Debian: apt-get install postgresql",
        Engine.SqlServer when SqlServerInstance.ConnectionString is null =>
            $"No SQL Server here; set {SqlServerInstance.Variable} to the connection string of one that may be filled with test databases",
        _ => null,
    };
}
