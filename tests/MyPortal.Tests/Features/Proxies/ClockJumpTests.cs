using MyPortal.Features.Proxies;

namespace MyPortal.Tests.Features.Proxies;

/// <summary>An invitation is good for a week: a jump of an hour neither ends it nor makes it last.</summary>
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(1), InlineData(-1)]
    public async Task An_invitation_survives_a_jump_of_an_hour_either_way(int hours)
    {
        await using var world = await ProxyWorld.StartAsync();
        var written = await world.InviteAsync();
        world.Portal.Clock.Advance(TimeSpan.FromHours(hours));

        (await world.ClaimAsync(written.Code)).Value.ShouldBe(written.Id);
    }

    [Fact]
    public async Task An_invitation_from_days_ahead_is_not_good_until_the_clock_has_caught_up()
    {
        await using var world = await ProxyWorld.StartAsync();
        var written = await world.InviteAsync();
        world.Portal.Clock.SetBack(TimeSpan.FromDays(3));

        (await world.ClaimAsync(written.Code)).Error.ShouldBe(MandateErrors.InvitationUnusable);
    }

    [Fact]
    public async Task A_mandate_keeps_its_force_when_the_clock_is_set_back_behind_its_beginning()
    {
        await using var world = await ProxyWorld.StartAsync();
        var id = await world.ActivateAsync();
        world.Portal.Clock.SetBack(TimeSpan.FromHours(1));
        await world.City.SignInAsync();

        await world.SendAsync(world.City);

        var folder = (await world.FolderAsync(id)).ShouldNotBeNull();
        (await world.ListAsync(folder.Viewer.ShouldNotBeNull())).ShouldNotBeNull().Rows.Count.ShouldBe(1);
    }
}
