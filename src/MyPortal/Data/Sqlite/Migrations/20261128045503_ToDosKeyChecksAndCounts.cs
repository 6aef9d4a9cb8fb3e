using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MyPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ToDosKeyChecksAndCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Consents_Owner_State_RequestedAt",
                table: "Consents");

            migrationBuilder.AddColumn<long>(
                name: "SupersededAt",
                table: "Sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DoneAt",
                table: "Notices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsOpenToDo",
                table: "Notices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ToDosMarked",
                table: "Mailboxes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "LastSeenAt",
                table: "KnownAgents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "KeyThumbprint",
                table: "AuditSeals",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ApprovedBy",
                table: "Appointments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "KeyChecks",
                columns: table => new
                {
                    File = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Value = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyChecks", x => x.File);
                });

            migrationBuilder.CreateTable(
                name: "UnknownCallerCounts",
                columns: table => new
                {
                    Hour = table.Column<long>(type: "INTEGER", nullable: false),
                    Block = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnknownCallerCounts", x => new { x.Hour, x.Block, x.What });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_LastSeenAt",
                table: "Sessions",
                column: "LastSeenAt");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_SupersededAt",
                table: "Sessions",
                column: "SupersededAt");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_Owner_IsOpenToDo_Position",
                table: "Notices",
                columns: new[] { "Owner", "IsOpenToDo", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_Mandates_ValidFrom_InvitedUntil",
                table: "Mandates",
                columns: new[] { "ValidFrom", "InvitedUntil" });

            migrationBuilder.CreateIndex(
                name: "IX_Mailboxes_ToDosMarked",
                table: "Mailboxes",
                column: "ToDosMarked");

            migrationBuilder.CreateIndex(
                name: "IX_KnownAgents_LastSeenAt",
                table: "KnownAgents",
                column: "LastSeenAt");

            migrationBuilder.CreateIndex(
                name: "IX_Consents_Owner_State_RequestedAt_Id",
                table: "Consents",
                columns: new[] { "Owner", "State", "RequestedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Consents_State_LapsesAt",
                table: "Consents",
                columns: new[] { "State", "LapsesAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Appointments_ProposedAt",
                table: "Appointments",
                column: "ProposedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "KeyChecks");

            migrationBuilder.DropTable(
                name: "UnknownCallerCounts");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_LastSeenAt",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Sessions_SupersededAt",
                table: "Sessions");

            migrationBuilder.DropIndex(
                name: "IX_Notices_Owner_IsOpenToDo_Position",
                table: "Notices");

            migrationBuilder.DropIndex(
                name: "IX_Mandates_ValidFrom_InvitedUntil",
                table: "Mandates");

            migrationBuilder.DropIndex(
                name: "IX_Mailboxes_ToDosMarked",
                table: "Mailboxes");

            migrationBuilder.DropIndex(
                name: "IX_KnownAgents_LastSeenAt",
                table: "KnownAgents");

            migrationBuilder.DropIndex(
                name: "IX_Consents_Owner_State_RequestedAt_Id",
                table: "Consents");

            migrationBuilder.DropIndex(
                name: "IX_Consents_State_LapsesAt",
                table: "Consents");

            migrationBuilder.DropIndex(
                name: "IX_Appointments_ProposedAt",
                table: "Appointments");

            migrationBuilder.DropColumn(
                name: "SupersededAt",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "DoneAt",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "IsOpenToDo",
                table: "Notices");

            migrationBuilder.DropColumn(
                name: "ToDosMarked",
                table: "Mailboxes");

            migrationBuilder.DropColumn(
                name: "LastSeenAt",
                table: "KnownAgents");

            migrationBuilder.DropColumn(
                name: "KeyThumbprint",
                table: "AuditSeals");

            migrationBuilder.DropColumn(
                name: "ApprovedBy",
                table: "Appointments");

            migrationBuilder.CreateIndex(
                name: "IX_Consents_Owner_State_RequestedAt",
                table: "Consents",
                columns: new[] { "Owner", "State", "RequestedAt" });
        }
    }
}
