using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using MyPortal.Data;

namespace MyPortal.Tests.Data;

public sealed class SchemaTests
{
    /// <summary>Words of a person's identity. No column may carry one, because no column may hold such a thing.</summary>
    private static readonly string[] Forbidden = ["Number", "Name", "Address", "Serial", "Birth", "Sex", "Gender", "Phone", "Mail", "Postal", "Certificate", "Pin", "Password", "Email", "Subject"];

    /// <summary>Columns with such a word that hold something else.</summary>
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["Senders.CorporateNumber"] = "an organisation, public",
        ["Senders.MessageAddress"] = "an organisation's machine",
        ["Senders.ReturnAddresses"] = "pages of an organisation",
        ["Senders.Name"] = "an organisation, public",
        ["SenderServices.Name"] = "a service, public",
        ["DataProtectionKeys.Name"] = "the framework's label of a key",
        ["AccessRecords.Subject"] = "the identifier of a citizen, which the portal made itself",
    };

    private static IModel Model
    {
        get
        {
            using var db = DatabaseEngine.Sqlite.CreateContext("Data Source=nowhere.db");
            return db.Model;
        }
    }

    [Fact]
    public void No_column_is_meant_for_what_would_name_a_person()
    {
        var suspicious =
            from entity in Model.GetEntityTypes()
            from property in entity.GetProperties()
            let column = property.GetColumnName()
            where !column.StartsWith("Sealed", StringComparison.Ordinal) && Forbidden.Any(word => column.Contains(word, StringComparison.OrdinalIgnoreCase))
            select $"{entity.GetTableName()}.{column}";

        suspicious.Order(StringComparer.Ordinal).ShouldBe(Allowed.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_binary_column_is_a_hash_a_key_or_sealed()
    {
        string[] known =
        [
            "AcceptedPosts.BodyHash", "AcceptedPosts.KeyHash", "AccessRecords.Hash", "AccessRecords.PreviousHash", "Appointments.CodeHash", "AuditSeals.Hash", "AuditSeals.KeyThumbprint", "AuditSeals.Signature",
            "CardCertificates.LookUpHash", "CardTransactions.BindingHash", "CardTransactions.CompletionHash", "CardTransactions.Document",
            "CardTransactions.LinkDocument", "CardTransactions.ResponseSecretHash", "CardTransactions.TicketHash", "Citizens.HubCodeHash", "Citizens.LossCodeHash", "ConsentVisits.BrowserHash",
            "ConsentVisits.CodeHash", "ConsentVisits.RequestHash", "ConsentVisits.StatementHash", "DataKeys.Wrapped", "KeyChecks.Value", "KnownAgents.KeyHash",
            "Mandates.InvitationHash", "Mandates.PrincipalDocumentHash", "Mandates.PrincipalSignerHash", "Mandates.ProxyDocumentHash", "Mandates.ProxySignerHash",
            "RecipientCodes.Hash", "SenderKeys.PublicKey", "SenderTokens.TokenHash", "Sessions.TokenHash", "TestRecipients.CodeHash", "UsedAssertions.Hash",
        ];
        var binary =
            from entity in Model.GetEntityTypes()
            from property in entity.GetProperties()
            where property.ClrType == typeof(byte[]) && !property.Name.StartsWith("Sealed", StringComparison.Ordinal)
            select $"{entity.GetTableName()}.{property.GetColumnName()}";

        binary.Order(StringComparer.Ordinal).ShouldBe(known.Order(StringComparer.Ordinal), "a new column is listed here once it is certain what stands in it");
    }

    [Fact]
    public void Every_free_text_column_is_known()
    {
        string[] known =
        [
            "AccessRecords.Holder", "AccessRecords.Outcome", "AccessRecords.Row", "CardTransactions.MatchCode", "CardTransactions.Outcome", "CardTransactions.ReturnPath", "CardTransactions.TextKind", "DataProtectionKeys.Name",
            "Senders.Contact", "Senders.CorporateNumber", "Senders.MessageAddress", "Senders.ReturnAddresses",
            "DataProtectionKeys.Xml", "DeliveryCounts.What", "KeyChecks.File", "RecipientCodes.Law", "OutboxMessages.Kind", "OutboxMessages.LastOutcome", "SenderServices.BasisText",
            "UnknownCallerCounts.Block", "UnknownCallerCounts.What", "SenderServices.Name", "SenderServices.Topics", "SenderTokens.Scope", "Senders.About", "Senders.ClientId", "Senders.Name", "Senders.SuspensionText", "Sessions.Device",
        ];
        var texts =
            from entity in Model.GetEntityTypes()
            from property in entity.GetProperties()
            where property.ClrType == typeof(string)
            select $"{entity.GetTableName()}.{property.GetColumnName()}";

        texts.Order(StringComparer.Ordinal).ShouldBe(known.Order(StringComparer.Ordinal), "a person's words belong into a sealed column");
    }
}
