using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MyPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Consents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "ConsentId",
                table: "RecipientCodes",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "Deliveries",
                table: "RecipientCodes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "EndsAt",
                table: "RecipientCodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsReceived",
                table: "RecipientCodes",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsToldOpened",
                table: "RecipientCodes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "LastDeliveryAt",
                table: "RecipientCodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Law",
                table: "RecipientCodes",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ConsentClients",
                columns: table => new
                {
                    SenderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ServiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ClientId = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    CorporateNumber = table.Column<string>(type: "TEXT", maxLength: 13, nullable: false),
                    Contact = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ReturnAddresses = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    MessageAddress = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Law = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentClients", x => x.SenderId);
                });

            migrationBuilder.CreateTable(
                name: "Consents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    SenderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ServiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LapsesAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SealedRequest = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SealedOutcome = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Consents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConsentSteps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ConsentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentSteps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ConsentSteps_Consents_ConsentId",
                        column: x => x.ConsentId,
                        principalTable: "Consents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ConsentVisits",
                columns: table => new
                {
                    ConsentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SenderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StatementHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    RequestHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    RequestEndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    BrowserHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    CodeHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    CodeEndsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FetchedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentVisits", x => x.ConsentId);
                    table.ForeignKey(
                        name: "FK_ConsentVisits_Consents_ConsentId",
                        column: x => x.ConsentId,
                        principalTable: "Consents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RecipientCodes_ConsentId",
                table: "RecipientCodes",
                column: "ConsentId");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentClients_ClientId",
                table: "ConsentClients",
                column: "ClientId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Consents_Owner_State_RequestedAt",
                table: "Consents",
                columns: new[] { "Owner", "State", "RequestedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentSteps_ConsentId_At",
                table: "ConsentSteps",
                columns: new[] { "ConsentId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentVisits_BrowserHash",
                table: "ConsentVisits",
                column: "BrowserHash");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentVisits_CodeHash",
                table: "ConsentVisits",
                column: "CodeHash");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentVisits_RequestEndsAt",
                table: "ConsentVisits",
                column: "RequestEndsAt");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentVisits_RequestHash",
                table: "ConsentVisits",
                column: "RequestHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ConsentVisits_StatementHash",
                table: "ConsentVisits",
                column: "StatementHash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConsentClients");

            migrationBuilder.DropTable(
                name: "ConsentSteps");

            migrationBuilder.DropTable(
                name: "ConsentVisits");

            migrationBuilder.DropTable(
                name: "Consents");

            migrationBuilder.DropIndex(
                name: "IX_RecipientCodes_ConsentId",
                table: "RecipientCodes");

            migrationBuilder.DropColumn(
                name: "ConsentId",
                table: "RecipientCodes");

            migrationBuilder.DropColumn(
                name: "Deliveries",
                table: "RecipientCodes");

            migrationBuilder.DropColumn(
                name: "EndsAt",
                table: "RecipientCodes");

            migrationBuilder.DropColumn(
                name: "IsReceived",
                table: "RecipientCodes");

            migrationBuilder.DropColumn(
                name: "IsToldOpened",
                table: "RecipientCodes");

            migrationBuilder.DropColumn(
                name: "LastDeliveryAt",
                table: "RecipientCodes");

            migrationBuilder.DropColumn(
                name: "Law",
                table: "RecipientCodes");
        }
    }
}
