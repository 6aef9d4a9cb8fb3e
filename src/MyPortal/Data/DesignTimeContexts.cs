using Microsoft.EntityFrameworkCore.Design;
using MyPortal.Data.PostgreSql;
using MyPortal.Data.Sqlite;
using MyPortal.Data.SqlServer;

namespace MyPortal.Data;

/// <summary>Hands the migration tool a context of each engine. Writing a migration needs the model only; nothing connects.</summary>
internal sealed class DesignTimeContexts :
    IDesignTimeDbContextFactory<SqlitePortalDbContext>,
    IDesignTimeDbContextFactory<SqlServerPortalDbContext>,
    IDesignTimeDbContextFactory<PostgreSqlPortalDbContext>
{
    SqlitePortalDbContext IDesignTimeDbContextFactory<SqlitePortalDbContext>.CreateDbContext(string[] args) =>
        (SqlitePortalDbContext)DatabaseEngine.Sqlite.CreateContext("Data Source=design.db");

    SqlServerPortalDbContext IDesignTimeDbContextFactory<SqlServerPortalDbContext>.CreateDbContext(string[] args) =>
        (SqlServerPortalDbContext)DatabaseEngine.SqlServer.CreateContext("Server=design");

    PostgreSqlPortalDbContext IDesignTimeDbContextFactory<PostgreSqlPortalDbContext>.CreateDbContext(string[] args) =>
        (PostgreSqlPortalDbContext)DatabaseEngine.PostgreSql.CreateContext("Host=design");
}
