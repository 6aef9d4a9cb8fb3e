using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MyPortal.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class LinkageHub : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "HubCodeHash",
                table: "Citizens",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "SealedHubCode",
                table: "Citizens",
                type: "varbinary(128)",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "LinkDocument",
                table: "CardTransactions",
                type: "varbinary(max)",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Holder",
                table: "AccessRecords",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Row",
                table: "AccessRecords",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Citizens_HubCodeHash",
                table: "Citizens",
                column: "HubCodeHash",
                unique: true,
                filter: "[HubCodeHash] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Citizens_HubCodeHash",
                table: "Citizens");

            migrationBuilder.DropColumn(
                name: "HubCodeHash",
                table: "Citizens");

            migrationBuilder.DropColumn(
                name: "SealedHubCode",
                table: "Citizens");

            migrationBuilder.DropColumn(
                name: "LinkDocument",
                table: "CardTransactions");

            migrationBuilder.DropColumn(
                name: "Holder",
                table: "AccessRecords");

            migrationBuilder.DropColumn(
                name: "Row",
                table: "AccessRecords");
        }
    }
}
