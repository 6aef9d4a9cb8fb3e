using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;

namespace MyPortal.Sandbox.Tests.Hub;

[Collection(LinkedPortal.Name)]
public sealed class LinkingTests(LinkedPortal fixture)
{
    [Theory]
    [InlineData("hanako")]
    [InlineData("kenji")]
    [InlineData("mirai")]
    public async Task A_card_gives_the_portal_its_own_code_of_the_person(string person)
    {
        var code = await fixture.CodeOfAsync(person);

        code.Length.ShouldBe(26);
        (await fixture.LinkAsync(person, d => d)).Read<OrganisationCodeAnswer>().Code.ShouldBe(code);
    }

    [Fact]
    [Requirement(56)]
    [Requirement(57)]
    public async Task No_holder_knows_the_portals_code()
    {
        var code = await fixture.CodeOfAsync("hanako");

        foreach (var holder in (string[])["sakura-city", "pension-agency"])
        {
            (await File.ReadAllTextAsync(Path.Combine(fixture.Data, "organisations", holder, "people.json"), TestContext.Current.CancellationToken)).ShouldNotContain(code);
        }
    }

    [Fact]
    public async Task A_document_for_another_organisation_is_refused() => await ShouldRefuseAsync(d => d with { Organisation = "sakura-city" }, 403, "NOT_PARTICIPANT");

    [Fact]
    public async Task A_login_document_is_never_taken() => await ShouldRefuseAsync(d => d with { Type = "MYP-CARD/1" }, 400, "SCHEMA");

    [Fact]
    public async Task An_invented_nonce_is_refused() => await ShouldRefuseAsync(d => d with { Nonce = new string('A', 43) }, 409, "NONCE_UNKNOWN");

    [Fact]
    public async Task A_revoked_card_links_nobody() => await ShouldRefuseAsync(d => d, 400, "SIG_INVALID", "setsuko");

    [Fact]
    public async Task An_expired_card_links_nobody() => await ShouldRefuseAsync(d => d, 400, "SIG_INVALID", "kazuo");

    [Fact]
    public async Task A_nonce_works_once()
    {
        var used = "";
        (await fixture.LinkAsync("hanako", d => d with { Nonce = used = d.Nonce })).Status.ShouldBe(200);

        await ShouldRefuseAsync(d => d with { Nonce = used }, 409, "NONCE_UNKNOWN");
    }

    // The framework throws at such a key instead of refusing the signature.
    private static byte[] OffCurve(byte[] cms)
    {
        ReadOnlySpan<byte> head = [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04];
        var point = cms.AsSpan().IndexOf(head);
        point.ShouldBeGreaterThan(0, "the card holds a key on P-384");
        cms[point + head.Length] ^= 1;
        return cms;
    }

    [Theory]
    [InlineData("another document")]
    [InlineData("the signature key")]
    [InlineData("a point off its curve")]
    public async Task A_signature_over_or_with_something_else_is_refused(string what)
    {
        var nonce = (await fixture.Portal.SendAsync(fixture.Hub, "hub", HttpMethod.Post, "/v1/codes/link-nonce", [])).Read<LinkNonce>();
        var document = new LinkDocument(LinkDocument.CurrentType, "hub", "portal", "http://localhost:5080", "enrol", nonce.Nonce);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, ContractJson.Options);
        var cms = what switch
        {
            "the signature key" => fixture.Sign("hanako", bytes, "signature"),
            "a point off its curve" => OffCurve(fixture.Sign("mirai", bytes)),
            _ => fixture.Sign("hanako", JsonSerializer.SerializeToUtf8Bytes(document with { Origin = "http://evil.example" }, ContractJson.Options)),
        };

        (await fixture.Portal.PostAsync(fixture.Hub, "/v1/codes/by-certificate", new CodeByCertificate(bytes, cms))).Problem.Code.ShouldBe("SIG_INVALID");
    }

    [Fact]
    public async Task Without_the_numbering_body_nobody_is_linked()
    {
        await fixture.ControlAsync("/control/numbering-body/stop");
        try
        {
            await ShouldRefuseAsync(d => d, 502, "HOLDER_DOWN");
        }
        finally
        {
            await fixture.ControlAsync("/control/numbering-body/start");
        }
    }

    [Fact]
    public async Task The_numbering_body_answers_the_hub_only()
    {
        var heard = await fixture.Portal.SendAsync(fixture.Role(31), "numbering-body", HttpMethod.Post, "/v1/resolve-certificate", "{}"u8.ToArray());

        heard.Status.ShouldBe(403);
        heard.Problem.Code.ShouldBe("CLASS_NOT_ELIGIBLE");
    }

    private async Task ShouldRefuseAsync(Func<LinkDocument, LinkDocument> change, int status, string code, string person = "hanako")
    {
        var heard = await fixture.LinkAsync(person, change);

        heard.Status.ShouldBe(status);
        heard.Problem.Code.ShouldBe(code);
        heard.ErrorAt.ShouldBe("hub");
    }
}
