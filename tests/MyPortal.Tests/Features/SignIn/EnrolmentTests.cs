using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.CardAgent;
using MyPortal.Identity;
using MyPortal.Tests.Features.SignIn.Card;

namespace MyPortal.Tests.Features.SignIn;

public sealed class EnrolmentTests
{
    [Fact, Requirement(8), Requirement(17)]
    public async Task Both_certificates_of_a_card_open_an_account_and_sign_in()
    {
        await using var fixture = await CardFixture.StartAsync();

        (await fixture.PassAsync(CardPurpose.Enrol)).ShouldBe("/enrol/name");

        var viewer = (await fixture.ViewerOfAsync(fixture.Browser)).ShouldNotBeNull();
        viewer.Level.ShouldBe(AssuranceLevel.CardWithPin);
        await using var db = fixture.Portal.OpenDatabase();
        var record = await db.Set<AccessRecord>().SingleAsync(found => found.Event == AccessEvent.Enrolled, TestContext.Current.CancellationToken);
        record.Subject.ShouldBe(viewer.Citizen);
        (await db.Set<Citizen>().SingleAsync(TestContext.Current.CancellationToken)).Route.ShouldBe(EnrolmentRoute.BothCertificates, "how the person came in is kept as evidence");
    }

    [Fact]
    public async Task The_agent_is_asked_for_both_signatures_at_enrolment_and_for_one_at_login()
    {
        await using var fixture = await CardFixture.StartAsync();

        (await CertificatesAskedForAsync(CardPurpose.Enrol)).ShouldBe("""["authentication","signature"]""");
        (await CertificatesAskedForAsync(CardPurpose.Login)).ShouldBe("""["authentication"]""");

        async Task<string> CertificatesAskedForAsync(CardPurpose purpose)
        {
            var visit = await fixture.FetchAsync(purpose);
            using var document = System.Text.Json.JsonDocument.Parse(visit.Document);
            return document.RootElement.GetProperty("certificates").GetRawText();
        }
    }

    [Fact]
    public async Task The_person_chooses_a_display_name_and_sees_it_on_every_page()
    {
        await using var fixture = await CardFixture.EnrolledAsync();

        (await fixture.Browser.SubmitAsync("/enrol/name", "/enrol/name", ("displayName", " はなこ "))).ShouldEndWith("/enrol/loss-code");

        (await fixture.Browser.ReadAsync("/account")).ShouldContain("はなこ");
        (await fixture.Browser.ReadAsync("/")).ShouldContain("はなこ");
    }

    [Fact]
    [Requirement(92)]
    public async Task Nothing_of_certificates_and_attributes_can_be_read_in_the_database()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        await fixture.Browser.SubmitAsync("/enrol/name", "/enrol/name", ("displayName", "はなこ"));
        await using var db = fixture.Portal.OpenDatabase();
        var folder = Path.GetDirectoryName(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource)!;

        // The file and its log of late writes.
        var stored = Directory.GetFiles(folder).SelectMany(File.ReadAllBytes).ToArray();

        foreach (var (what, bytes) in new (string, byte[])[]
            {
                ("name in the certificate", Encoding.UTF8.GetBytes("山田　花子")),
                ("address in the certificate", Encoding.UTF8.GetBytes("桜町一丁目")),
                ("display name", Encoding.UTF8.GetBytes("はなこ")),
                ("authentication certificate", fixture.Card.Authentication.PublicKey.EncodedKeyValue.RawData),
                ("signature certificate", fixture.Card.Signature.PublicKey.EncodedKeyValue.RawData),
                ("serial number as text", Encoding.UTF8.GetBytes(fixture.Card.Serial)),
            })
        {
            stored.AsSpan().IndexOf(bytes).ShouldBe(-1, what);
        }

        stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(CardDocument.CurrentType)).ShouldNotBe(-1, "the search must be able to find something");
    }
}
