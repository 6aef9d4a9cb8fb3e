using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MyPortal.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ConsentsMandatesOutbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LastCardAt",
                table: "Sessions",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Basis",
                table: "SenderServices",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Consent");

            migrationBuilder.AddColumn<string>(
                name: "BasisText",
                table: "SenderServices",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Topics",
                table: "SenderServices",
                type: "nvarchar(900)",
                maxLength: 900,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "About",
                table: "Senders",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "AskingService",
                table: "Senders",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Contact",
                table: "Senders",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "CorporateNumber",
                table: "Senders",
                type: "nvarchar(13)",
                maxLength: 13,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "MessageAddress",
                table: "Senders",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "QuotaPerDay",
                table: "Senders",
                type: "int",
                nullable: false,
                defaultValue: 100000);

            migrationBuilder.AddColumn<int>(
                name: "QuotaPerMinute",
                table: "Senders",
                type: "int",
                nullable: false,
                defaultValue: 600);

            migrationBuilder.AddColumn<string>(
                name: "ReturnAddresses",
                table: "Senders",
                type: "nvarchar(2505)",
                maxLength: 2505,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "State",
                table: "Senders",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Live");

            migrationBuilder.AddColumn<string>(
                name: "SuspensionText",
                table: "Senders",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AddedBy",
                table: "SenderKeys",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "EndsAt",
                table: "SenderKeys",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LastUsedAt",
                table: "SenderKeys",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Purpose",
                table: "SenderKeys",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Live");

            migrationBuilder.AddColumn<Guid>(
                name: "ConsentId",
                table: "RecipientCodes",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "Deliveries",
                table: "RecipientCodes",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "EndsAt",
                table: "RecipientCodes",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsAnnounced",
                table: "RecipientCodes",
                type: "bit",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsReceived",
                table: "RecipientCodes",
                type: "bit",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsToldOpened",
                table: "RecipientCodes",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LastDeliveryAt",
                table: "RecipientCodes",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Law",
                table: "RecipientCodes",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Citizen",
                table: "CardTransactions",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "SealedText",
                table: "CardTransactions",
                type: "varbinary(max)",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Session",
                table: "CardTransactions",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "TextAbout",
                table: "CardTransactions",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TextKind",
                table: "CardTransactions",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Appointments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SealedContent = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    Roles = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ProposedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ProposedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    CodeHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Appointments", x => x.Id)
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "ChangeRecords",
                columns: table => new
                {
                    RecordId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SealedChange = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChangeRecords", x => x.RecordId)
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "FK_ChangeRecords_AccessRecords_RecordId",
                        column: x => x.RecordId,
                        principalTable: "AccessRecords",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Consents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SenderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ServiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Owner = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    RequestedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    LapsesAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    DecidedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    SealedRequest = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    SealedOutcome = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Consents", x => x.Id)
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "DeliveryCounts",
                columns: table => new
                {
                    SenderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ServiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    What = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Shard = table.Column<int>(type: "int", nullable: false),
                    Count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryCounts", x => new { x.SenderId, x.ServiceId, x.Day, x.What, x.Shard })
                        .Annotation("SqlServer:Clustered", false);
                });

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
                name: "Operators",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CitizenId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SealedLabel = table.Column<byte[]>(type: "varbinary(400)", maxLength: 400, nullable: false),
                    Roles = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    AppointedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    LastLoginAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    LastSession = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Operators", x => x.Id)
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "OutboxMessages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Recipient = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    SealedAddress = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    SealedBody = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    GivesUpAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    Lease = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    LeasedUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    LastOutcome = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutboxMessages", x => x.Id)
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "QuotaWindows",
                columns: table => new
                {
                    SenderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsTest = table.Column<bool>(type: "bit", nullable: false),
                    Span = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Used = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuotaWindows", x => new { x.SenderId, x.IsTest, x.Span })
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "SenderProposals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SenderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    AuthorId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    SealedContent = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    ChangedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    DecidedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SenderProposals", x => x.Id)
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "FK_SenderProposals_Senders_SenderId",
                        column: x => x.SenderId,
                        principalTable: "Senders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SenderWebhooks",
                columns: table => new
                {
                    SenderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SealedAddress = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    RegisteredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    StoppedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SenderWebhooks", x => x.SenderId)
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "FK_SenderWebhooks_Senders_SenderId",
                        column: x => x.SenderId,
                        principalTable: "Senders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "StaffLocks",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Changes = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffLocks", x => x.Id)
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "TestRecipients",
                columns: table => new
                {
                    SenderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Owner = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ServiceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CodeHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    SealedCode = table.Column<byte[]>(type: "varbinary(128)", maxLength: 128, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TestRecipients", x => x.SenderId)
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "FK_TestRecipients_Senders_SenderId",
                        column: x => x.SenderId,
                        principalTable: "Senders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ConsentSteps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ConsentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    What = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentSteps", x => x.Id)
                        .Annotation("SqlServer:Clustered", false);
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
                    ConsentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SenderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StatementHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    RequestHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    RequestEndsAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    BrowserHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    CodeHash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    CodeEndsAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    FetchedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentVisits", x => x.ConsentId)
                        .Annotation("SqlServer:Clustered", false);
                    table.ForeignKey(
                        name: "FK_ConsentVisits_Consents_ConsentId",
                        column: x => x.ConsentId,
                        principalTable: "Consents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
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

            migrationBuilder.InsertData(
                table: "StaffLocks",
                columns: new[] { "Id", "Changes" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_RecipientCodes_ConsentId",
                table: "RecipientCodes",
                column: "ConsentId");

            migrationBuilder.CreateIndex(
                name: "IX_AccessRecords_ActorId_Sequence",
                table: "AccessRecords",
                columns: new[] { "ActorId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AccessRecords_At_Sequence",
                table: "AccessRecords",
                columns: new[] { "At", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AccessRecords_ObjectId_Sequence",
                table: "AccessRecords",
                columns: new[] { "ObjectId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AccessRecords_Subject_Sequence",
                table: "AccessRecords",
                columns: new[] { "Subject", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_Appointments_CodeHash",
                table: "Appointments",
                column: "CodeHash",
                unique: true,
                filter: "[CodeHash] IS NOT NULL");

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

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryCounts_Day",
                table: "DeliveryCounts",
                column: "Day");

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

            migrationBuilder.CreateIndex(
                name: "IX_Operators_CitizenId",
                table: "Operators",
                column: "CitizenId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMessages_Recipient_State",
                table: "OutboxMessages",
                columns: new[] { "Recipient", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMessages_State_DueAt",
                table: "OutboxMessages",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMessages_State_EndedAt",
                table: "OutboxMessages",
                columns: new[] { "State", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SenderProposals_SenderId_State",
                table: "SenderProposals",
                columns: new[] { "SenderId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_SenderProposals_State_ChangedAt",
                table: "SenderProposals",
                columns: new[] { "State", "ChangedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Appointments");

            migrationBuilder.DropTable(
                name: "ChangeRecords");

            migrationBuilder.DropTable(
                name: "ConsentSteps");

            migrationBuilder.DropTable(
                name: "ConsentVisits");

            migrationBuilder.DropTable(
                name: "DeliveryCounts");

            migrationBuilder.DropTable(
                name: "FolderItems");

            migrationBuilder.DropTable(
                name: "MandateSenders");

            migrationBuilder.DropTable(
                name: "MandateTopics");

            migrationBuilder.DropTable(
                name: "Operators");

            migrationBuilder.DropTable(
                name: "OutboxMessages");

            migrationBuilder.DropTable(
                name: "QuotaWindows");

            migrationBuilder.DropTable(
                name: "SenderProposals");

            migrationBuilder.DropTable(
                name: "SenderWebhooks");

            migrationBuilder.DropTable(
                name: "StaffLocks");

            migrationBuilder.DropTable(
                name: "TestRecipients");

            migrationBuilder.DropTable(
                name: "Consents");

            migrationBuilder.DropTable(
                name: "Mandates");

            migrationBuilder.DropIndex(
                name: "IX_RecipientCodes_ConsentId",
                table: "RecipientCodes");

            migrationBuilder.DropIndex(
                name: "IX_AccessRecords_ActorId_Sequence",
                table: "AccessRecords");

            migrationBuilder.DropIndex(
                name: "IX_AccessRecords_At_Sequence",
                table: "AccessRecords");

            migrationBuilder.DropIndex(
                name: "IX_AccessRecords_ObjectId_Sequence",
                table: "AccessRecords");

            migrationBuilder.DropIndex(
                name: "IX_AccessRecords_Subject_Sequence",
                table: "AccessRecords");

            migrationBuilder.DropColumn(
                name: "LastCardAt",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Basis",
                table: "SenderServices");

            migrationBuilder.DropColumn(
                name: "BasisText",
                table: "SenderServices");

            migrationBuilder.DropColumn(
                name: "Topics",
                table: "SenderServices");

            migrationBuilder.DropColumn(
                name: "About",
                table: "Senders");

            migrationBuilder.DropColumn(
                name: "AskingService",
                table: "Senders");

            migrationBuilder.DropColumn(
                name: "Contact",
                table: "Senders");

            migrationBuilder.DropColumn(
                name: "CorporateNumber",
                table: "Senders");

            migrationBuilder.DropColumn(
                name: "MessageAddress",
                table: "Senders");

            migrationBuilder.DropColumn(
                name: "QuotaPerDay",
                table: "Senders");

            migrationBuilder.DropColumn(
                name: "QuotaPerMinute",
                table: "Senders");

            migrationBuilder.DropColumn(
                name: "ReturnAddresses",
                table: "Senders");

            migrationBuilder.DropColumn(
                name: "State",
                table: "Senders");

            migrationBuilder.DropColumn(
                name: "SuspensionText",
                table: "Senders");

            migrationBuilder.DropColumn(
                name: "AddedBy",
                table: "SenderKeys");

            migrationBuilder.DropColumn(
                name: "EndsAt",
                table: "SenderKeys");

            migrationBuilder.DropColumn(
                name: "LastUsedAt",
                table: "SenderKeys");

            migrationBuilder.DropColumn(
                name: "Purpose",
                table: "SenderKeys");

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
                name: "IsAnnounced",
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
