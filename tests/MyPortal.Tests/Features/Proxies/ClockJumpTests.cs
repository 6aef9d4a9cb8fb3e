using MyPortal.Features.Proxies;

namespace MyPortal.Tests.Features.Proxies;

/// <summary>An invitation is good for a week: a jump of an hour neither ends it nor makes it last.</summary>
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(1), InlineData(-1)]
    public async Task An_invitation_survives_a_jump_of_an_hour_either_way(int hours)
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var written = await fixture.InviteAsync();
        fixture.Portal.Clock.Advance(TimeSpan.FromHours(hours));

        (await fixture.ClaimAsync(written.Code)).Value.ShouldBe(written.Id);
    }

    [Fact]
    public async Task An_invitation_from_days_ahead_is_not_good_until_the_clock_has_caught_up()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var written = await fixture.InviteAsync();
        fixture.Portal.Clock.SetBack(TimeSpan.FromDays(3));

        (await fixture.ClaimAsync(written.Code)).Error.ShouldBe(MandateErrors.InvitationUnusable);
    }

    [Fact]
    public async Task A_mandate_keeps_its_force_when_the_clock_is_set_back_behind_its_beginning()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        fixture.Portal.Clock.SetBack(TimeSpan.FromHours(1));
        await fixture.City.SignInAsync();

        await fixture.SendAsync(fixture.City);

        var folder = (await fixture.FolderAsync(id)).ShouldNotBeNull();
        (await fixture.ListAsync(folder.Viewer.ShouldNotBeNull())).ShouldNotBeNull().Rows.Count.ShouldBe(1);
    }
}
