using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MyPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SenderWebhooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SenderWebhooks",
                columns: table => new
                {
                    SenderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SealedAddress = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StoppedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SenderWebhooks", x => x.SenderId);
                    table.ForeignKey(
                        name: "FK_SenderWebhooks_Senders_SenderId",
                        column: x => x.SenderId,
                        principalTable: "Senders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SenderWebhooks");
        }
    }
}
