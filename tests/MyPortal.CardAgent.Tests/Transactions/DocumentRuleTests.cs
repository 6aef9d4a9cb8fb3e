using System.Text;
using MyPortal.CardAgent.Tests.Fixtures;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Tests.Transactions;

public sealed class DocumentRuleTests : TransactionFixture
{
    [Fact]
    public async Task Another_type_is_refused() => await ShouldRefuseAsync(document => document with { Type = "MYP-CARD/2" }, "document");

    [Fact]
    public async Task Another_origin_than_the_tickets_is_refused() => await ShouldRefuseAsync(document => document with { Origin = "https://other.example" }, "document-origin");

    [Fact]
    public async Task Another_way_back_is_refused() => await ShouldRefuseAsync(document => document with { Delivery = "second-device" }, "document");

    [Fact]
    public async Task An_expired_document_is_refused() => await ShouldRefuseAsync(document => document with { Expires = TestClock.Start }, "expired");

    [Fact]
    public async Task A_document_for_no_certificate_is_refused() => await ShouldRefuseAsync(document => document with { Certificates = [] }, "document");

    [Fact]
    public async Task A_document_for_the_same_certificate_twice_is_refused() =>
        await ShouldRefuseAsync(document => document with { Certificates = [CertificateKind.Authentication, CertificateKind.Authentication] }, "document");

    [Fact]
    public async Task A_login_with_the_signature_certificate_is_refused() =>
        await ShouldRefuseAsync(document => document with { Certificates = [CertificateKind.Signature] }, "document");

    [Fact]
    public async Task A_document_without_match_code_is_refused() => await ShouldRefuseAsync(document => document with { MatchCode = "" }, "document");

    [Fact]
    public async Task An_unknown_certificate_kind_is_refused()
    {
        Portal.Documents = [Replace("\"authentication\"", "\"cardFace\"")];
        await ShouldRefuseAsync("document");
    }

    [Fact]
    public async Task An_unknown_purpose_is_refused()
    {
        Portal.Documents = [Replace("\"login\"", "\"transfer\"")];
        await ShouldRefuseAsync("document");
    }

    [Fact]
    public async Task A_document_with_a_field_twice_is_refused()
    {
        Portal.Documents = [Replace("\"matchCode\":", "\"matchCode\":\"0000\",\"matchCode\":")];
        await ShouldRefuseAsync("document");
    }

    [Fact]
    public async Task Something_that_is_no_document_is_refused()
    {
        Portal.Documents = ["sign me"u8.ToArray()];
        await ShouldRefuseAsync("document");
    }

    [Fact]
    public async Task A_ticket_without_documents_is_refused()
    {
        Portal.Documents = [];
        await ShouldRefuseAsync("document");
    }

    [Fact]
    public async Task Documents_that_differ_in_what_the_page_shows_are_refused_together()
    {
        Portal.Documents = [Portal.Document(), Portal.Document(document => document with { MatchCode = "9999" })];
        await ShouldRefuseAsync("document");
    }

    private async Task ShouldRefuseAsync(Func<CardDocument, CardDocument> change, string code)
    {
        Portal.Documents = [Portal.Document(change)];
        await ShouldRefuseAsync(code);
    }

    private async Task ShouldRefuseAsync(string code)
    {
        var card = await PutDownAsync(new TestCard("hanako"));

        var page = await EnterAsync();

        page.Refusal.ShouldBe(code);
        page.AsksForPin.ShouldBeFalse();
        card.Presented.ShouldBeEmpty();
    }

    private byte[] Replace(string old, string with)
    {
        var text = Encoding.UTF8.GetString(Portal.Document());
        text.ShouldContain(old);
        return Encoding.UTF8.GetBytes(text.Replace(old, with, StringComparison.Ordinal));
    }
}
