using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Features.SignIn.Card;

namespace MyPortal.Tests.Features.Account;

public sealed class DevicesTests
{
    private const string Iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    [Fact]
    public async Task A_person_sees_where_else_somebody_is_signed_in_and_ends_it()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var phone = fixture.NewBrowser(Iphone);
        await fixture.PassAsync(browser: phone);
        var session = (await fixture.ViewerOfAsync(phone)).ShouldNotBeNull().Session;
        (await fixture.Browser.ReadAsync("/account/devices")).ShouldContain("iPhone / Safari");

        (await fixture.Browser.SubmitAsync("/account/devices", $"/account/devices/{session}/end")).ShouldBe("/account/devices?done=ended");

        (await phone.SentOnFromAsync("/account")).ShouldBe("/login");
        (await fixture.Browser.SentOnFromAsync("/account")).ShouldBeNull();
        (await fixture.Browser.OpenAsync("/account/devices")).Forms.ShouldNotContain(form => form.Action.AbsolutePath.EndsWith("/end", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_another_person()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var other = fixture.NewBrowser();
        await fixture.PassAsync(CardPurpose.Enrol, other, card: await TestCard.AnotherPersonsAsync());
        var foreign = (await fixture.ViewerOfAsync(other)).ShouldNotBeNull().Session;

        (await fixture.Browser.MisuseAsync("/account", "/logout", $"/account/devices/{foreign}/end")).ShouldBe("/account/devices?done=gone");

        (await other.SentOnFromAsync("/account")).ShouldBeNull();
        (await fixture.Browser.ReadAsync("/account/devices")).ShouldNotContain(foreign.ToString());
    }
}
