using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using MyPortal.Features.SignIn.Enrolment;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;
using MyPortal.Tests.Features.SignIn.Card;

namespace MyPortal.Tests.Features.Account;

public sealed partial class LossCodeTests
{
    [Fact]
    public async Task The_loss_code_is_shown_until_the_person_has_written_it_down_and_then_never_again()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var code = CodeIn(await fixture.Browser.ReadAsync("/enrol/loss-code")).ShouldNotBeNull();

        CodeIn(await fixture.Browser.ReadAsync("/account/loss-code")).ShouldBe(code);
        (await fixture.Browser.ReadAsync("/")).ShouldContain("/account/loss-code");
        (await fixture.Browser.SubmitAsync("/enrol/loss-code", "/enrol/loss-code/kept")).ShouldBe("/");

        foreach (var page in (string[])["/enrol/loss-code", "/account/loss-code", "/account", "/"])
        {
            var html = await fixture.Browser.ReadAsync(page);
            CodeIn(html).ShouldBeNull(page);
            html.ShouldNotContain(code);
        }

        (await fixture.Browser.ReadAsync("/")).ShouldNotContain("/account/loss-code");
    }

    [Fact]
    public async Task After_that_the_portal_knows_only_the_keyed_hash_of_the_code()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var code = CodeIn(await fixture.Browser.ReadAsync("/enrol/loss-code")).ShouldNotBeNull();
        await fixture.Browser.SubmitAsync("/enrol/loss-code", "/enrol/loss-code/kept");

        await using var db = fixture.Portal.OpenDatabase();
        var citizen = await db.Set<Citizen>().SingleAsync(TestContext.Current.CancellationToken);
        citizen.SealedLossCode.ShouldBeNull();
        Crockford.TryRead(code, EnrolCitizen.LossCodeBytes, out var bytes).ShouldBeTrue();
        citizen.LossCodeHash.ShouldBe(fixture.Portal.Get<PortalSeal>().KeyedHash("loss-code", bytes));
    }

    [Fact]
    public async Task Every_person_has_another_loss_code()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var other = fixture.NewBrowser();
        await fixture.PassAsync(Contracts.CardAgent.CardPurpose.Enrol, other, card: await TestCard.AnotherPersonsAsync());

        var codes = new[] { CodeIn(await other.ReadAsync("/enrol/loss-code")), CodeIn(await fixture.Browser.ReadAsync("/enrol/loss-code")) };
        codes.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    [Fact]
    public async Task The_loss_code_is_for_signed_in_people_only()
    {
        await using var fixture = await CardFixture.StartAsync();

        (await fixture.Browser.SentOnFromAsync("/enrol/loss-code")).ShouldBe("/login");
    }

    private static string? CodeIn(string html) => LossCode().Match(html) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"\b[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LossCode();
}
