using Microsoft.Data.SqlClient;

namespace MyPortal.Tests.Fixtures;

/// <summary>The SQL Server that the environment names, if it names one.</summary>
internal static class SqlServerInstance
{
    public const string Variable = "MYPORTAL_TEST_SQLSERVER";

    public static string? ConnectionString => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;

    /// <summary>Connection string of a database that does not exist yet.</summary>
    public static string FreshDatabase() =>
        new SqlConnectionStringBuilder(ConnectionString) { InitialCatalog = $"myportal_test_{Guid.NewGuid():N}" }.ToString();
}
