using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MyPortal.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class CardPurposes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LastCardAt",
                table: "Sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Citizen",
                table: "CardTransactions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "SealedText",
                table: "CardTransactions",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Session",
                table: "CardTransactions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "TextAbout",
                table: "CardTransactions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TextKind",
                table: "CardTransactions",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LastCardAt",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Citizen",
                table: "CardTransactions");

            migrationBuilder.DropColumn(
                name: "SealedText",
                table: "CardTransactions");

            migrationBuilder.DropColumn(
                name: "Session",
                table: "CardTransactions");

            migrationBuilder.DropColumn(
                name: "TextAbout",
                table: "CardTransactions");

            migrationBuilder.DropColumn(
                name: "TextKind",
                table: "CardTransactions");
        }
    }
}
