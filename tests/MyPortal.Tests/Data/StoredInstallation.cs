using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Data;

/// <summary>
/// Database and keys of an installation that has been running for a while, written by SQL and literals alone. Every table, column, word,
/// JSON name and place of sealing here stands in real databases: a line of this file is never adapted to the product.
/// </summary>
internal sealed class StoredInstallation(TestDatabase database, StoredKeyFiles keys)
{
    public const string Hanako = "01900000-0000-7000-8000-00000000000a";
    public const string Yumi = "01900000-0000-7000-8000-00000000000b";
    public const string Futaba = "01900000-0000-7000-8000-00000000000c";
    public const string Sender = "01900000-0000-7000-8000-000000000010";
    public const string Service = "01900000-0000-7000-8000-000000000011";
    public const string Notice = "01900000-0000-7000-8000-000000000020";
    public const string Mandate = "01900000-0000-7000-8000-000000000030";
    public const string Consent = "01900000-0000-7000-8000-000000000040";
    public const string Author = "01900000-0000-7000-8000-000000000050";
    public const string Approver = "01900000-0000-7000-8000-000000000051";
    public const string Proposal = "01900000-0000-7000-8000-000000000060";
    public const string Message = "01900000-0000-7000-8000-000000000070";
    private const long Day = 24 * 60 * 60 * 1000;
    private readonly Dictionary<string, byte[]> dataKeys = new(StringComparer.Ordinal);
    private readonly long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Fills the database; messages wait for the party at this address.</summary>
    public async Task FillAsync(Uri receiver)
    {
        foreach (var (file, value) in keys.CheckValues)
        {
            await InsertAsync("KeyChecks", ("File", file), ("Value", value));
        }

        await AddCitizenAsync(Hanako, "むかしの花子");
        await AddCitizenAsync(Yumi, "むかしの由美");
        await AddCitizenAsync(Futaba, "むかしの二葉");
        await AddSenderAsync();
        await AddNoticeAsync();
        await AddMandateAsync();
        await AddConsentAsync();
        await AddOperatorAsync(Author, Yumi, StoredSeal.OfPortal(keys.KeyEncryption, "むかしの受付 由美", "Operators", "Label", Author), "View, Receive");
        await AddOperatorAsync(Approver, Futaba, StoredSeal.OfPortalFormerly(keys.KeyEncryption, "むかしの承認 二葉", "Operators", "Label", Approver), "View, Approve");
        await AddProposalAsync();
        await AddMessageAsync(receiver);
        await AddFrameworkKeyAsync();
    }

    private async Task AddCitizenAsync(string citizen, string name)
    {
        var key = dataKeys[citizen] = RandomNumberGenerator.GetBytes(32);
        var code = "HUBCODE" + citizen[^1];
        await InsertAsync("DataKeys", ("Owner", citizen), ("Version", 1), ("Wrapped", StoredSeal.UnderKey(keys.KeyEncryption, key, "DataKeys", "Wrapped", citizen)));
        await InsertAsync(
            "Citizens",
            ("Id", citizen),
            ("EnrolledAt", now - Day),
            ("Route", "BothCertificates"),
            ("SealedDisplayName", StoredSeal.UnderKey(key, name, "Citizens", "DisplayName", citizen)),
            ("SealedSubjectTag", StoredSeal.UnderKey(key, new byte[32], "Citizens", "SubjectTag", citizen)),
            ("HubCodeHash", keys.Hash("hub-code", code)),
            ("SealedHubCode", StoredSeal.UnderKey(key, code, "Citizens", "HubCode", citizen)),
            ("LossCodeHash", keys.Hash("loss-code", citizen)),
            ("SealedLossCode", StoredSeal.UnderKey(key, "OLD1-LOSS-CODE", "Citizens", "LossCode", citizen)));
    }

    private async Task AddSenderAsync()
    {
        await InsertAsync(
            "Senders",
            ("Id", Sender), ("ClientId", "mukashi"), ("Name", "むかし電力"), ("Kind", "Private"), ("State", "Live"), ("About", "電気の会社"), ("QuotaPerMinute", 60), ("QuotaPerDay", 1000),
            ("CorporateNumber", "1234567890123"), ("Contact", "0120-000-000"), ("ReturnAddresses", "https://mukashi.example/back"), ("MessageAddress", "https://mukashi.example/messages"),
            ("AskingService", Service), ("RegisteredAt", now - Day));
        await InsertAsync("SenderServices", ("Id", Service), ("SenderId", Sender), ("Name", "むかしの検針"), ("Basis", "Consent"), ("BasisText", "検針のお知らせ"), ("Topics", "検針\n請求"));
    }

    private async Task AddNoticeAsync()
    {
        const string Head = """{"type":"bill","titles":[{"language":"ja","title":"むかしの題名","summary":"むかしの要約"}],"concerns":"むかしの件","dueOn":"2027-01-31"}""";
        const string Body = """{"texts":[{"language":"ja","markdown":"むかしの**本文**"}],"reason":"むかしの理由"}""";
        await InsertAsync("Mailboxes", ("Owner", Hanako), ("LastPosition", 1), ("Unread", 1), ("ToDosMarked", 1));
        await InsertAsync(
            "Notices",
            ("Id", Notice), ("Owner", Hanako), ("SenderId", Sender), ("ServiceId", Service), ("Position", 1), ("ContentVersion", 1), ("AcceptedAt", now - Day), ("DeliveredAt", now - Day),
            ("IsUnread", 1), ("IsOpenToDo", 1),
            ("SealedHead", StoredSeal.UnderKey(dataKeys[Hanako], Head, "Notices", "Head", Notice, Hanako, Sender, Service, "1")),
            ("SealedBody", StoredSeal.UnderKey(dataKeys[Hanako], Body, "Notices", "Body", Notice, Hanako, Sender, Service, "1")));
    }

    private async Task AddMandateAsync()
    {
        const string Terms = """{"principalName":"むかし 花子","proxyName":"むかし 由美","text":"むかしの委任状\n本人：むかし 花子"}""";
        var (principal, proxy) = (dataKeys[Hanako], dataKeys[Yumi]);
        await InsertAsync(
            "Mandates",
            ("Id", Mandate), ("Principal", Hanako), ("Proxy", Yumi), ("State", "Active"), ("InvitationHash", keys.Hash("mandate-invitation", "code")), ("InvitedAt", now - Day),
            ("InvitedUntil", now + Day), ("ValidFrom", now - Day), ("ValidUntil", now + (100 * Day)), ("LastPosition", 1), ("Unread", 1),
            ("SealedTerms", StoredSeal.UnderKey(principal, Terms, "Mandates", "Terms", Mandate, Hanako)),
            ("SealedProxyName", StoredSeal.UnderKey(principal, "ムカシ 由美", "Mandates", "ProxyName", Mandate, Hanako)),
            ("SealedForProxy", StoredSeal.UnderKey(proxy, """{"principalName":"むかし 花子"}""", "Mandates", "ForProxy", Mandate, Yumi)),
            ("SealedStatement", StoredSeal.UnderKey(principal, "statement", "Mandates", "Statement", Mandate, Hanako)));
        await InsertAsync("MandateSenders", ("MandateId", Mandate), ("SenderId", Sender));
        await InsertAsync("MandateTopics", ("MandateId", Mandate), ("Topic", "Bill"));
        await InsertAsync("FolderItems", ("MandateId", Mandate), ("Position", 1), ("NoticeId", Notice), ("DeliveredAt", now - 1000), ("IsUnread", 1));
    }

    private async Task AddConsentAsync()
    {
        const string Claims = """
            {"iss":"mukashi","aud":"http://localhost:5080/api/v1/consent-requests","jti":"1","exp":1790000000,"returnTo":"https://mukashi.example/back","state":"s","nonce":"n",
            "codeChallenge":"c","codeChallengeMethod":"S256","customer":"***1234","purpose":[{"language":"ja","text":"むかしの目的"}],"purposeCode":"old",
            "items":[{"id":"bill","labels":[{"language":"ja","text":"むかしの請求"}],"isRequired":true,"reasons":[{"language":"ja","text":"要るから"}]}],
            "days":365,"keptDays":30,"policy":"https://mukashi.example/policy","onward":[{"language":"ja","text":"だれにも"}]}
            """;
        const string Receipt = $$$"""
            {"type":"myportal-consent-receipt/1","portal":"http://localhost:5080","keyId":"00","copyFor":"citizen","consent":"{{{Consent}}}","decision":"granted","decidedAt":"2026-04-01T00:00:00+00:00",
            "business":{"clientId":"mukashi","name":"むかし電力","corporateNumber":"1234567890123","contact":"0120-000-000","service":"むかしの検針"},"customer":"***1234","purposeCode":"old",
            "purpose":[{"language":"ja","text":"むかしの目的"}],"given":[{"id":"bill","labels":[{"language":"ja","text":"むかしに渡した項目"}],"isRequired":true}],"policy":"https://mukashi.example/policy",
            "keptDays":30,"textVersion":"1","language":"ja","evidence":"card-pin","withdrawAt":"http://localhost:5080/consents","refused":[{"id":"use","labels":[{"language":"ja","text":"むかしに断った項目"}]}]}
            """;
        var content = Convert.ToBase64String(Encoding.UTF8.GetBytes(Receipt));
        var outcome = $$$"""{"citizen":{"type":"myportal-receipt/1","content":"{{{content}}}","signature":"AA=="}}""";
        await InsertAsync(
            "Consents",
            ("Id", Consent), ("SenderId", Sender), ("ServiceId", Service), ("Owner", Hanako), ("State", "Granted"), ("RequestedAt", now - Day), ("LapsesAt", now + Day),
            ("DecidedAt", now - Day), ("ExpiresAt", now + (100 * Day)), ("Version", 2),
            ("SealedRequest", StoredSeal.UnderKey(dataKeys[Hanako], Claims, "Consents", "Request", Consent, Hanako, Sender, Service)),
            ("SealedOutcome", StoredSeal.UnderKey(dataKeys[Hanako], outcome, "Consents", "Outcome", Consent, Hanako, Sender, Service)));
        await InsertAsync("ConsentSteps", ("Id", Consent), ("ConsentId", Consent), ("What", "ReceiptAcknowledged"), ("At", now - Day));
    }

    private Task AddOperatorAsync(string id, string citizen, byte[] label, string roles) =>
        InsertAsync("Operators", ("Id", id), ("CitizenId", citizen), ("SealedLabel", label), ("Roles", roles), ("AppointedAt", now - Day));

    private async Task AddProposalAsync()
    {
        const string Facts = $$$"""
            "name":"むかし電力","kind":"private","about":"電気の会社","quotaPerMinute":60,"quotaPerDay":1000,
            "services":[{"name":"むかしの検針","basis":"consent","basisText":"検針のお知らせ","topics":["検針","請求"],"id":"{{{Service}}}"}],
            "asking":{"corporateNumber":"1234567890123","returnAddresses":["https://mukashi.example/back"],"messageAddress":"https://mukashi.example/messages",
            """;
        const string Content = "{\"before\":{" + Facts + "\"contact\":\"むかしの窓口\"}},\"after\":{" + Facts + "\"contact\":\"あたらしい窓口\"}},\"reason\":\"むかしの申請の理由\"}";
        await InsertAsync(
            "SenderProposals",
            ("Id", Proposal), ("SenderId", Sender), ("Kind", "Facts"), ("State", "Submitted"), ("AuthorId", Author), ("Version", 2), ("ChangedAt", now - Day),
            ("SealedContent", StoredSeal.OfPortal(keys.KeyEncryption, Content, "SenderProposals", "Content", Proposal, Sender)));
    }

    private Task AddMessageAsync(Uri receiver) => InsertAsync(
        "OutboxMessages",
        ("Id", Message), ("Kind", "sender-event"), ("Recipient", Sender), ("State", "Waiting"), ("CreatedAt", now - 1000), ("DueAt", now - 1000), ("GivesUpAt", now + Day), ("Attempts", 0),
        ("SealedAddress", StoredSeal.OfPortal(keys.KeyEncryption, receiver.AbsoluteUri, "OutboxMessages", "Address", Message, "sender-event", Sender)),
        ("SealedBody", StoredSeal.OfPortal(keys.KeyEncryption, """{"old":"むかしの便り"}""", "OutboxMessages", "Body", Message, "sender-event", Sender)));

    // The framework keeps the name of the type that opens its keys beside them.
    private Task AddFrameworkKeyAsync()
    {
        var secret = $"<masterKey><value>{Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))}</value></masterKey>";
        var value = Convert.ToBase64String(StoredSeal.OfPortal(keys.KeyEncryption, secret, "DataProtectionKeys", "Xml"));
        var xml = $"""
            <key id="{Message}" version="1"><creationDate>2026-04-01T00:00:00Z</creationDate><activationDate>2026-04-01T00:00:00Z</activationDate><expirationDate>2126-04-01T00:00:00Z</expirationDate>
            <descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection">
            <descriptor><encryption algorithm="AES_256_CBC" /><validation algorithm="HMACSHA256" />
            <encryptedSecret decryptorType="MyPortal.Sealing.DataProtectionUnseal, MyPortal" xmlns="http://schemas.asp.net/2015/03/dataProtection"><sealed xmlns="">{value}</sealed></encryptedSecret>
            </descriptor></descriptor></key>
            """;
        return InsertAsync("DataProtectionKeys", ("Name", "key-" + Message), ("Xml", xml));
    }

    private async Task InsertAsync(string table, params (string Column, object Value)[] row)
    {
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        var names = string.Join(", ", row.Select(field => field.Column));
        var places = string.Join(", ", row.Select(field => "$" + field.Column));
#pragma warning disable CA2100 // Tables and columns are literals of this file.
        command.CommandText = $"INSERT INTO {table} ({names}) VALUES ({places})";
#pragma warning restore CA2100
        foreach (var (column, value) in row)
        {
            // SQLite has no type for identifiers; they stand there as text in capital letters.
            command.Parameters.AddWithValue("$" + column, value is string text && Guid.TryParseExact(text, "D", out _) ? text.ToUpperInvariant() : value);
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
