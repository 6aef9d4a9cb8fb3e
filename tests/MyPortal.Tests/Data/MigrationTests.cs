using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Data;

public sealed class MigrationTests
{
    [Theory]
    [InlineData(Engine.Sqlite, "Data Source=nowhere.db")]
    [InlineData(Engine.PostgreSql, "Host=nowhere")]
    [InlineData(Engine.SqlServer, "Server=nowhere")]
    public async Task No_model_change_waits_for_its_migration(Engine engine, string unusedConnection)
    {
        await using var db = Enum.Parse<DatabaseEngine>(engine.ToString()).CreateContext(unusedConnection);

        db.Database.HasPendingModelChanges().ShouldBeFalse("dotnet run scripts/migrate.cs -- <Name> writes the missing migration");
    }
}
