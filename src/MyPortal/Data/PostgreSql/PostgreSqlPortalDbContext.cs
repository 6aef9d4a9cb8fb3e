using Microsoft.EntityFrameworkCore;

namespace MyPortal.Data.PostgreSql;

internal sealed class PostgreSqlPortalDbContext(DbContextOptions<PostgreSqlPortalDbContext> options) : PortalDbContext(options);
