using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MyPortal.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Mandates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Mandates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Principal = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Proxy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    InvitationHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    InvitedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    InvitedUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ValidFrom = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ValidUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    SealedTerms = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    SealedProxyName = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    SealedForProxy = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    ProxyDocumentHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    ProxySignerHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    PrincipalDocumentHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    PrincipalSignerHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    SealedStatement = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    LastPosition = table.Column<long>(type: "bigint", nullable: false),
                    Unread = table.Column<int>(type: "int", nullable: false),
                    LastUsedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mandates", x => x.Id)
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "FolderItems",
                columns: table => new
                {
                    MandateId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Position = table.Column<long>(type: "bigint", nullable: false),
                    NoticeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DeliveredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    IsUnread = table.Column<bool>(type: "bit", nullable: false),
                    FirstOpenedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FolderItems", x => new { x.MandateId, x.Position })
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "FK_FolderItems_Mandates_MandateId",
                        column: x => x.MandateId,
                        principalTable: "Mandates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MandateSenders",
                columns: table => new
                {
                    MandateId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SenderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MandateSenders", x => new { x.MandateId, x.SenderId })
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "FK_MandateSenders_Mandates_MandateId",
                        column: x => x.MandateId,
                        principalTable: "Mandates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MandateTopics",
                columns: table => new
                {
                    MandateId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Topic = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MandateTopics", x => new { x.MandateId, x.Topic })
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "FK_MandateTopics_Mandates_MandateId",
                        column: x => x.MandateId,
                        principalTable: "Mandates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_FolderItems_MandateId_IsUnread_Position",
                table: "FolderItems",
                columns: new[] { "MandateId", "IsUnread", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_FolderItems_MandateId_NoticeId",
                table: "FolderItems",
                columns: new[] { "MandateId", "NoticeId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Mandates_InvitationHash",
                table: "Mandates",
                column: "InvitationHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Mandates_Principal_State",
                table: "Mandates",
                columns: new[] { "Principal", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Mandates_Proxy",
                table: "Mandates",
                column: "Proxy");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FolderItems");

            migrationBuilder.DropTable(
                name: "MandateSenders");

            migrationBuilder.DropTable(
                name: "MandateTopics");

            migrationBuilder.DropTable(
                name: "Mandates");
        }
    }
}
