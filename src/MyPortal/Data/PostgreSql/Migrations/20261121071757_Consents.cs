using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MyPortal.Data.PostgreSql.Migrations
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
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "Deliveries",
                table: "RecipientCodes",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "EndsAt",
                table: "RecipientCodes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsReceived",
                table: "RecipientCodes",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsToldOpened",
                table: "RecipientCodes",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LastDeliveryAt",
                table: "RecipientCodes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Law",
                table: "RecipientCodes",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ConsentClients",
                columns: table => new
                {
                    SenderId = table.Column<Guid>(type: "uuid", nullable: false),
                    ServiceId = table.Column<Guid>(type: "uuid", nullable: false),
                    ClientId = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    CorporateNumber = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    Contact = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ReturnAddresses = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    MessageAddress = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    Law = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentClients", x => x.SenderId);
                });

            migrationBuilder.CreateTable(
                name: "Consents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SenderId = table.Column<Guid>(type: "uuid", nullable: false),
                    ServiceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Owner = table.Column<Guid>(type: "uuid", nullable: true),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    RequestedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LapsesAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SealedRequest = table.Column<byte[]>(type: "bytea", nullable: false),
                    SealedOutcome = table.Column<byte[]>(type: "bytea", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Consents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConsentSteps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ConsentId = table.Column<Guid>(type: "uuid", nullable: false),
                    What = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                    ConsentId = table.Column<Guid>(type: "uuid", nullable: false),
                    SenderId = table.Column<Guid>(type: "uuid", nullable: false),
                    StatementHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    RequestHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    RequestEndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    BrowserHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    CodeHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    CodeEndsAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    FetchedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
