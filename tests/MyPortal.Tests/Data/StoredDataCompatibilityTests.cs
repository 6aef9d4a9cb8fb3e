using System.Text;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Data.Sqlite;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Outbox;

namespace MyPortal.Tests.Data;

/// <summary>
/// What an installation has stored is read by this version. A test that fails here says: people's data cannot be opened any more. Give
/// the renamed thing its stored name back; do not change the row.
/// </summary>
public sealed class StoredDataCompatibilityTests : IAsyncLifetime
{
    private readonly StoredKeyFiles keys = new();
    private TestPortal portal = null!;
    private TestReceiver receiver = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The start itself refuses keys that are not those of the database.</summary>
    public async ValueTask InitializeAsync()
    {
        var database = await TestDatabase.CreateAsync();
        receiver = await TestReceiver.StartAsync();
        await new StoredInstallation(database, keys).FillAsync(receiver.Address);
        portal = await TestPortal.StartRestoredAsync(database, keys.Folder, web => web.UseSetting("Outbox:AllowLocalAddresses", "true"));
    }

    [Fact]
    public async Task A_person_reads_the_own_name_and_an_old_notice()
    {
        var hanako = await SignInAsync(StoredInstallation.Hanako);

        var home = await hanako.OpenAsync("/");
        var inbox = await hanako.OpenAsync("/inbox");
        var notice = await hanako.OpenAsync("/inbox/" + StoredInstallation.Notice);

        home.Body.Words().ShouldContain("むかしの花子");
        ShouldSay(inbox.Body.Words(), "むかし電力", "むかしの題名", "むかしの要約", "むかしの件");
        ShouldSay(notice.Body.Words(), "むかしの題名", "むかしの本文", "むかしの理由", "むかしの件", "むかしの検針", "1月31日");
        (await hanako.OpenAsync("/account/loss-code")).Body.Words().ShouldContain("OLD1-LOSS-CODE");
    }

    [Fact]
    public async Task Both_people_of_an_old_mandate_still_have_it()
    {
        var hanako = await SignInAsync(StoredInstallation.Hanako);
        var yumi = await SignInAsync(StoredInstallation.Yumi);

        ShouldSay((await hanako.OpenAsync("/proxy/" + StoredInstallation.Mandate)).Body.Words(), "むかしの委任状", "本人：むかし 花子");
        (await hanako.OpenAsync("/proxy")).Body.Words().ShouldContain("ムカシ 由美");
        (await yumi.OpenAsync("/proxy")).Body.Words().ShouldContain("むかし 花子");
        (await yumi.OpenAsync($"/p/{StoredInstallation.Mandate}/inbox")).Body.Words().ShouldContain("むかしの題名");
    }

    [Fact]
    public async Task An_old_consent_still_says_what_was_asked_and_what_was_given()
    {
        var hanako = await SignInAsync(StoredInstallation.Hanako);

        var page = (await hanako.OpenAsync("/consents/" + StoredInstallation.Consent)).Body.Words();

        ShouldSay(page, "むかし電力", "***1234", "むかしの目的", "むかしに渡した項目", "むかしに断った項目", "1234567890123");
    }

    [Fact]
    public async Task An_operator_reads_an_old_proposal_and_the_old_names_of_the_staff()
    {
        var futaba = await SignInAsync(StoredInstallation.Futaba);

        var proposal = (await futaba.OpenAsync("/admin/approvals/" + StoredInstallation.Proposal)).Body.Words();
        var staff = (await futaba.OpenAsync("/admin/operators")).Body.Words();

        ShouldSay(proposal, "むかしの受付 由美", "むかしの申請の理由", "むかしの窓口", "あたらしい窓口");
        ShouldSay(staff, "むかしの受付 由美", "むかしの承認 二葉");
    }

    [Fact]
    public async Task An_old_message_is_still_delivered()
    {
        _ = portal.Services;

        await Wait.UntilAsync(() => receiver.Arrived.Count > 0);

        Encoding.UTF8.GetString(receiver.Arrived[0].Body).ShouldBe("""{"old":"むかしの便り"}""");
        receiver.Arrived[0].IdempotencyKey.ShouldBe($"\"{StoredInstallation.Message}\"");
    }

    [Fact]
    public void A_key_of_the_framework_that_was_stored_long_ago_still_opens()
    {
        var key = portal.Get<IKeyManager>().GetAllKeys().Single(one => one.KeyId == Guid.Parse(StoredInstallation.Message));

        key.CreateEncryptor().ShouldNotBeNull("it is opened by a type whose name is stored");
    }

    [Fact]
    public async Task What_an_enrolment_seals_today_lies_where_it_always_lay()
    {
        var citizen = await portal.EnrolAsync("いまの名前");

        var key = StoredSeal.Open(keys.KeyEncryption, await ReadAsync("SELECT Wrapped FROM DataKeys WHERE Owner = $citizen", citizen), "DataKeys", "Wrapped", citizen.ToString());
        var name = StoredSeal.Open(key, await ReadAsync("SELECT SealedDisplayName FROM Citizens WHERE Id = $citizen", citizen), "Citizens", "DisplayName", citizen.ToString());
        var card = StoredSeal.Open(key, await ReadAsync("SELECT SealedReference FROM CardCertificates WHERE CitizenId = $citizen", citizen), "CardCertificates", "Reference", citizen.ToString());

        Encoding.UTF8.GetString(name).ShouldBe("いまの名前");
        StoredSeal.KeyedHash(keys.Pepper, "card-certificate", card).ShouldBe(await ReadAsync("SELECT LookUpHash FROM CardCertificates WHERE CitizenId = $citizen", citizen));
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await receiver.DisposeAsync();
        keys.Dispose();
    }

    private static void ShouldSay(string page, params string[] words) => words.Where(word => !page.Contains(word, StringComparison.Ordinal)).ShouldBeEmpty(page);

    private async Task<HttpClient> SignInAsync(string citizen) => (await portal.SignInAsync(new CitizenId(Guid.Parse(citizen)))).Browser;

    private async Task<byte[]> ReadAsync(string select, CitizenId citizen)
    {
        await using var connection = new SqliteConnection(portal.Database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a literal of the test.
        command.CommandText = select;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$citizen", citizen.Value);
        return (byte[])(await command.ExecuteScalarAsync(Token)).ShouldNotBeNull();
    }
}
