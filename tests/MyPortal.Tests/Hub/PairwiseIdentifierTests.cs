using System.Text;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Kernel;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Hub;

public sealed class PairwiseIdentifierTests
{
    [Fact]
    public async Task One_person_has_one_code_at_the_portal_whatever_card_signs()
    {
        await using var portal = await TestPortal.StartAsync();

        var first = await FetchAsync(portal, await TestCard.OfCastAsync("hanako"));
        var second = await FetchAsync(portal, TestCard.ReplacementOf(portal.Authority, "hanako"));
        var other = await FetchAsync(portal, await TestCard.OfCastAsync("kenji"));

        second.Value.ShouldBe(first.Value);
        (other.Value == first.Value).ShouldBeFalse();
    }

    [Fact]
    public Task A_document_for_another_organisation_gives_no_code() => ShouldNotLinkAsync(document => document with { Organisation = "sakura-city" });

    [Fact]
    public Task A_document_for_another_hub_gives_no_code() => ShouldNotLinkAsync(document => document with { Hub = "other-hub" });

    [Fact]
    public Task A_document_of_another_type_gives_no_code() => ShouldNotLinkAsync(document => document with { Type = CardDocument.CurrentType });

    [Fact]
    public Task An_invented_nonce_gives_no_code() => ShouldNotLinkAsync(document => document with { Nonce = new string('A', 43) });

    [Fact]
    public async Task A_nonce_works_once()
    {
        await using var portal = await TestPortal.StartAsync();
        var document = (await portal.Get<PairwiseIdentifier>().PrepareAsync(CancellationToken.None)).Value;
        var cms = CmsOf(await TestCard.OfCastAsync("hanako"), document);

        (await portal.Get<PairwiseIdentifier>().FetchAsync(document, cms, CancellationToken.None)).IsRefused.ShouldBeFalse();
        (await portal.Get<PairwiseIdentifier>().FetchAsync(document, cms, CancellationToken.None)).Error.ShouldBe(HubErrors.NotLinked);
    }

    [Fact]
    public async Task A_nonce_older_than_five_minutes_gives_no_code()
    {
        await using var portal = await TestPortal.StartAsync();
        var document = (await portal.Get<PairwiseIdentifier>().PrepareAsync(CancellationToken.None)).Value;
        portal.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));

        (await portal.Get<PairwiseIdentifier>().FetchAsync(document, CmsOf(await TestCard.OfCastAsync("hanako"), document), CancellationToken.None)).Error.ShouldBe(HubErrors.NotLinked);
    }

    [Fact]
    public async Task A_numbering_body_that_is_down_is_a_reason_to_come_later()
    {
        await using var portal = await TestPortal.StartAsync();
        await portal.Hub.StopAsync(TestHub.NumberingBody);

        (await FetchAsync(portal, await TestCard.OfCastAsync("hanako"))).Error.Kind.ShouldBe(ErrorKind.Unavailable);
    }

    [Theory]
    [InlineData("I agree to sell my house for one yen only!!")]
    [InlineData("short")]
    public async Task A_nonce_that_says_something_is_never_given_to_a_card(string nonce)
    {
        await using var portal = await TestPortal.StartAsync();
        var forge = new HubForge(portal.Hub);
        portal.Hub.Interference = (request, send) => request.RequestUri!.AbsolutePath is "/v1/codes/link-nonce"
            ? Task.FromResult(forge.Reply(request, HubForge.Write(new LinkNonce(nonce, portal.Clock.GetUtcNow().AddMinutes(5)))))
            : send();

        (await portal.Get<PairwiseIdentifier>().PrepareAsync(CancellationToken.None)).Error.ShouldBe(HubErrors.Unavailable);
    }

    [Theory]
    [InlineData("{\"code\":\"0123\"}")]
    [InlineData("{\"code\":\"ZZZZZZZZZZZZZZZZZZZZZZZZZZ\"}")]
    [InlineData("{\"code\":\"0o000000000000000000000000\"}")]
    [InlineData("{\"code\":null}")]
    [InlineData("null")]
    public async Task A_code_that_is_none_opens_no_account(string body)
    {
        await using var portal = await TestPortal.StartAsync();
        var forge = new HubForge(portal.Hub);
        portal.Hub.Interference = (request, send) =>
            request.RequestUri!.AbsolutePath is "/v1/codes/by-certificate" ? Task.FromResult(forge.Reply(request, Encoding.UTF8.GetBytes(body))) : send();

        (await FetchAsync(portal, await TestCard.OfCastAsync("hanako"))).Error.ShouldBe(HubErrors.Unavailable);
    }

    private static async Task ShouldNotLinkAsync(Func<LinkDocument, LinkDocument> change)
    {
        await using var portal = await TestPortal.StartAsync();

        (await FetchAsync(portal, await TestCard.OfCastAsync("hanako"), change)).Error.ShouldBe(HubErrors.NotLinked);
    }

    private static async Task<Result<string>> FetchAsync(TestPortal portal, TestCard card, Func<LinkDocument, LinkDocument>? change = null)
    {
        var document = (await portal.Get<PairwiseIdentifier>().PrepareAsync(CancellationToken.None)).Value;
        document = change is null ? document : HubForge.Write(change(HubForge.Read<LinkDocument>(document)));
        return await portal.Get<PairwiseIdentifier>().FetchAsync(document, CmsOf(card, document), CancellationToken.None);
    }

    private static byte[] CmsOf(TestCard card, byte[] document) => card.Sign(CertificateKind.Authentication, document).Cms;
}
