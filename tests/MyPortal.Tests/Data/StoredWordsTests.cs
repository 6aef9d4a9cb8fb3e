using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Sealing;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Data;

/// <summary>
/// Words that stand in databases and in what sealed values are bound to. A new word is added here; a word that stands here stays, whatever
/// the type or property is called that it came from.
/// </summary>
public sealed class StoredWordsTests
{
    // A number is an argument: the first identifier, the second one.
    private static readonly string[] Places =
    [
        "CardTransactions Result 1", "CardTransactions Text 1",
        "ChangeRecords Change 1 2",
        "Citizens DisplayName 1", "Citizens HubCode 1", "Citizens LossCode 1", "Citizens SubjectTag 1",
        "Consents UnclaimedRequest 1 2 3", "Consents [1] 2 5 3 4", "Consents Request 1 4 2 3",
        "DataKeys Wrapped 1",
        "DataProtectionKeys Xml",
        "Mandates ForProxy 1 2", "Mandates ProxyName 1 2", "Mandates Statement 1 2", "Mandates Terms 1 2",
        "Notices [1] 2 3 4 5 6",
        "Operators Label 1", "Appointments Content 1",
        "OutboxMessages [1] 2 [3] 4",
        "RecipientCodes Code 1 2 3",
        "SenderProposals Content 1 2",
        "SenderWebhooks Address 1",
        "TestRecipients Code 1",
    ];

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["AccessRecords.ActorKind"] = "Citizen Sender System Unknown Operator",
        ["AccessRecords.Event"] =
            "LoginStarted LoginRefused LoggedIn LoggedOut Enrolled SessionEnded InboxListed NoticeOpened AccountChanged SenderTokenIssued SenderRefused NoticeAccepted NoticeStatusRead "
            + "SandboxGranted SenderWebhookChanged SenderEventDead OpeningTold AppointmentMade AppointmentApproved OperatorAppointed OperatorSignedIn OperatorEnded SenderDrafted "
            + "SenderSubmitted SenderApproved SenderReturned SenderSuspended SenderResumed SenderKeyAdded SenderKeyRevoked RecordsListed ChainChecked ConsoleRefused CardAsked SteppedUp "
            + "TextSigned MandateInvited InvitationClaimed MandateRead MandatesListed MandateAccepted MandateRefused MandateActivated MandateStopped FolderListed FolderNoticeOpened LinkOpened "
            + "HolderAsked HolderAnswered AccessLogListed ConsentRequested ConsentRead ConsentGiven ConsentRefused ConsentWithdrawn LinkedUnderLaw ConsentResultGiven ConsentResultRevoked "
            + "ConsentAcknowledged SenderChoiceChanged NoticeDone NoticeUndone",
        ["Appointments.Roles"] = "None View Receive Approve Audit Operate Any",
        ["Appointments.State"] = "Waiting Open Used Refused",
        ["CardTransactions.Purpose"] = "Login Enrol StepUp Sign",
        ["CardTransactions.State"] = "Issued Fetched Consumed Verified Refused Completed",
        ["Citizens.Route"] = "BothCertificates",
        ["Consents.State"] = "Requested Granted Declined Withdrawn Superseded Revoked UnderLaw",
        ["ConsentSteps.What"] =
            "Requested Granted Declined LinkedUnderLaw ResultFetched ReceiptAcknowledged Withdrawn WithdrawalDelivered WithdrawalAcknowledged WithdrawalUnanswered Superseded Revoked",
        ["Mandates.State"] = "Invited Claimed Accepted Active Stopped StoppedSilently Refused Withdrawn",
        ["MandateTopics.Topic"] = "Info Decision Certificate Contract Bill MeterReading Reminder",
        ["Operators.Roles"] = "None View Receive Approve Audit Operate Any",
        ["OutboxMessages.State"] = "Waiting Delivered Dead",
        ["QuotaWindows.Span"] = "Minute Day",
        ["SenderKeys.Purpose"] = "Test Live",
        ["SenderProposals.Kind"] = "Facts Resume",
        ["SenderProposals.State"] = "Draft Submitted Returned Approved",
        ["Senders.Kind"] = "Public Private",
        ["Senders.State"] = "Draft Submitted Returned Live Suspended",
        ["SenderServices.Basis"] = "Consent Law",
        ["Sessions.EndReason"] = "LoggedOut EndedFromAccount ReplacedByNewLogin OtherPersonsCard TooMany ClockSetBack",
        ["Sessions.Evidence"] = "CardPin CardWithoutPin Passkey",
        ["Sessions.Level"] = "CardWithoutPin Verified CardWithPin",
        ["Sessions.Terminal"] = "OwnDevice Kiosk SetTopBox",
    };

    [Fact]
    public void Sealed_values_are_bound_to_the_places_they_were_always_bound_to()
    {
        var members = typeof(AssociatedData).Assembly.GetTypes().Where(type => type != typeof(AssociatedData))
            .SelectMany(type => type.GetMembers(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        var places = members.Select(PlaceOrNull).OfType<AssociatedData>().Select(place => string.Join(' ', [place.Table, place.Column, .. place.Values.Select(NumberOf)]));

        places.Order(StringComparer.Ordinal).ShouldBe(Places.Order(StringComparer.Ordinal));
    }

    // The test above finds a place by what returns it; this one is made where it is used.
    [Fact]
    public void No_place_is_written_where_it_is_not_compared() =>
        RepositoryFiles.Below(["src/MyPortal"], ".cs", ".razor").Where(file => file.Text.Contains("new AssociatedData(", StringComparison.Ordinal)).Select(file => file.Path)
            .ShouldBe(["src/MyPortal/Features/SignIn/Enrolment/EnrolCitizen.cs"], "StoredDataCompatibilityTests opens what an enrolment seals");

    [Fact]
    public async Task Columns_hold_the_words_they_always_held()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.CreateDbContext();

        var words = from entity in db.Model.GetEntityTypes()
                    from property in entity.GetProperties()
                    let type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType
                    where type.IsEnum
                    select (Column: $"{entity.GetTableName()}.{property.GetColumnName()}", Words: string.Join(' ', Enum.GetNames(type).Order(StringComparer.Ordinal)));

        words.OrderBy(column => column.Column, StringComparer.Ordinal)
            .ShouldBe(Words.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => (column.Key, string.Join(' ', column.Value.Split(' ').Order(StringComparer.Ordinal)))));
    }

    [Fact]
    public async Task Messages_that_wait_find_what_they_are_about()
    {
        await using var portal = await TestPortal.StartAsync();

        portal.Services.GetServices<IOutboxMessageHandler>().Select(kind => kind.Name).Order(StringComparer.Ordinal).ShouldBe(["consent-withdrawn", "sender-event"]);
    }

    private static AssociatedData? PlaceOrNull(MemberInfo member) => member switch
    {
        FieldInfo field when field.FieldType == typeof(AssociatedData) => (AssociatedData?)field.GetValue(null),
        MethodInfo method when method.ReturnType == typeof(AssociatedData) => (AssociatedData?)method.Invoke(null, Arguments(method.GetParameters())),
        _ => null,
    };

    private static object[] Arguments(ParameterInfo[] parameters)
    {
        var count = 0;
        return Arguments(parameters, ref count);
    }

    private static object[] Arguments(ParameterInfo[] parameters, ref int count)
    {
        var values = new object[parameters.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Argument(parameters[i].ParameterType, ref count);
        }

        return values;
    }

    /// <summary>A value that shows its number in the place it gets into.</summary>
    private static object Argument(Type type, ref int count)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(string))
        {
            return $"[{++count}]";
        }

        if (bare == typeof(int))
        {
            return ++count;
        }

        if (bare == typeof(Guid))
        {
            return Numbered(++count);
        }

        if (bare.GetConstructors() is [{ } constructor])
        {
            return constructor.Invoke(Arguments(constructor.GetParameters(), ref count));
        }

        var row = RuntimeHelpers.GetUninitializedObject(bare);
        foreach (var property in bare.GetProperties().Where(one => IsIdentifier(one.PropertyType)))
        {
            property.SetValue(row, Argument(property.PropertyType, ref count));
        }

        return row;
    }

    private static bool IsIdentifier(Type type) => type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ITypedId<>));

    private static string NumberOf(string value) => Guid.TryParseExact(value, "D", out var id) ? int.Parse(id.ToString("D")[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) : value;

    private static Guid Numbered(int number) => new(number, 0, 0, new byte[8]);
}
