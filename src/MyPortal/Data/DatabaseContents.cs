using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace MyPortal.Data;

internal static class DatabaseContents
{
    /// <summary>Whether no table of the model holds a row, but for those that a migration fills.</summary>
    public static async Task<bool> IsEmptyAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        var filled = db.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(entity => !entity.GetSeedData().Any()).Select(entity => entity.GetTableName()).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(table => $"EXISTS (SELECT 1 FROM {sql.DelimitIdentifier(table)})");
        var asked = $"SELECT CASE WHEN {string.Join(" OR ", filled)} THEN 1 ELSE 0 END AS {sql.DelimitIdentifier("Value")}";
        return (await db.Database.SqlQueryRaw<int>(asked).ToListAsync(cancellationToken)) is [0];
    }
}
