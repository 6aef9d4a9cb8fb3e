using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MyPortal.Data.SqlServer.Migrations
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

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "SupersededAt",
                table: "Sessions",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Topics",
                table: "SenderServices",
                type: "nvarchar(3220)",
                maxLength: 3220,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(900)",
                oldMaxLength: 900);

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "SenderServices",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(100)",
                oldMaxLength: 100);

            migrationBuilder.AlterColumn<string>(
                name: "BasisText",
                table: "SenderServices",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(100)",
                oldMaxLength: 100);

            migrationBuilder.AlterColumn<string>(
                name: "SuspensionText",
                table: "Senders",
                type: "nvarchar(800)",
                maxLength: 800,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "Senders",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(100)",
                oldMaxLength: 100);

            migrationBuilder.AlterColumn<string>(
                name: "Contact",
                table: "Senders",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(200)",
                oldMaxLength: 200);

            migrationBuilder.AlterColumn<string>(
                name: "About",
                table: "Senders",
                type: "nvarchar(800)",
                maxLength: 800,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(200)",
                oldMaxLength: 200);

            migrationBuilder.AlterColumn<string>(
                name: "Law",
                table: "RecipientCodes",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(200)",
                oldMaxLength: 200,
                oldNullable: true);

            migrationBuilder.AlterColumn<byte[]>(
                name: "SealedLabel",
                table: "Operators",
                type: "varbinary(600)",
                maxLength: 600,
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(400)",
                oldMaxLength: 400);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DoneAt",
                table: "Notices",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsOpenToDo",
                table: "Notices",
                type: "bit",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ToDosMarked",
                table: "Mailboxes",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LastSeenAt",
                table: "KnownAgents",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AlterColumn<byte[]>(
                name: "SealedDisplayName",
                table: "Citizens",
                type: "varbinary(600)",
                maxLength: 600,
                nullable: true,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(400)",
                oldMaxLength: 400,
                oldNullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "KeyThumbprint",
                table: "AuditSeals",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ApprovedBy",
                table: "Appointments",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "KeyChecks",
                columns: table => new
                {
                    File = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Value = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyChecks", x => x.File)
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "UnknownCallerCounts",
                columns: table => new
                {
                    Hour = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Block = table.Column<string>(type: "nvarchar(50)", maxLength: 50, nullable: false),
                    What = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnknownCallerCounts", x => new { x.Hour, x.Block, x.What })
                        .Annotation("SqlServer:Clustered", false);
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

            migrationBuilder.AlterColumn<string>(
                name: "Topics",
                table: "SenderServices",
                type: "nvarchar(900)",
                maxLength: 900,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(3220)",
                oldMaxLength: 3220);

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "SenderServices",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(400)",
                oldMaxLength: 400);

            migrationBuilder.AlterColumn<string>(
                name: "BasisText",
                table: "SenderServices",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(400)",
                oldMaxLength: 400);

            migrationBuilder.AlterColumn<string>(
                name: "SuspensionText",
                table: "Senders",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(800)",
                oldMaxLength: 800,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "Senders",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(400)",
                oldMaxLength: 400);

            migrationBuilder.AlterColumn<string>(
                name: "Contact",
                table: "Senders",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(400)",
                oldMaxLength: 400);

            migrationBuilder.AlterColumn<string>(
                name: "About",
                table: "Senders",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "nvarchar(800)",
                oldMaxLength: 800);

            migrationBuilder.AlterColumn<string>(
                name: "Law",
                table: "RecipientCodes",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(400)",
                oldMaxLength: 400,
                oldNullable: true);

            migrationBuilder.AlterColumn<byte[]>(
                name: "SealedLabel",
                table: "Operators",
                type: "varbinary(400)",
                maxLength: 400,
                nullable: false,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(600)",
                oldMaxLength: 600);

            migrationBuilder.AlterColumn<byte[]>(
                name: "SealedDisplayName",
                table: "Citizens",
                type: "varbinary(400)",
                maxLength: 400,
                nullable: true,
                oldClrType: typeof(byte[]),
                oldType: "varbinary(600)",
                oldMaxLength: 600,
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Consents_Owner_State_RequestedAt",
                table: "Consents",
                columns: new[] { "Owner", "State", "RequestedAt" });
        }
    }
}
