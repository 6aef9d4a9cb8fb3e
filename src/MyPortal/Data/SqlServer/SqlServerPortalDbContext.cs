using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MyPortal.Data.SqlServer;

internal sealed class SqlServerPortalDbContext(DbContextOptions<SqlServerPortalDbContext> options) : PortalDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // SQL Server sorts a uniqueidentifier by its last bytes, so a clustered UUIDv7 key would scatter every insert.
        foreach (var key in modelBuilder.Model.GetEntityTypes().Select(entity => entity.FindPrimaryKey()).OfType<IMutableKey>())
        {
            key.SetIsClustered(key.Properties.All(property => property.ClrType == typeof(long)));
        }
    }
}
