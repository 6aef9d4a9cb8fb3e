using MyPortal.Kernel;

namespace MyPortal.Tests.Kernel;

public sealed class TimeLimitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(15, 0, true), InlineData(15, 14.9, true), InlineData(15, 15, false), InlineData(15, 60, false)]
    [InlineData(15, -1, true), InlineData(15, -1.75, true), InlineData(15, -1.76, false), InlineData(15, -60, false)]
    public void What_began_is_within_its_limit_unless_it_began_long_ago_or_at_an_instant_still_to_come(double limit, double minutesAgo, bool isWithin) =>
        Now.AddMinutes(-minutesAgo).HasBegunWithin(TimeSpan.FromMinutes(limit), Now).ShouldBe(isWithin);

    [Theory]
    [InlineData(15, 15, true), InlineData(15, 0.1, true), InlineData(15, 0, false), InlineData(15, -60, false)]
    [InlineData(15, 16.75, true), InlineData(15, 16.76, false), InlineData(15, 75, false)]
    public void What_ends_later_than_its_limit_allows_is_over(double limit, double minutesAhead, bool runs) =>
        Now.AddMinutes(minutesAhead).EndsWithin(TimeSpan.FromMinutes(limit), Now).ShouldBe(runs);

    [Theory]
    [InlineData(1), InlineData(7), InlineData(30)]
    public void A_jump_of_an_hour_ends_no_limit_of_days(int days)
    {
        var limit = TimeSpan.FromDays(days);
        var end = Now + limit;

        end.EndsWithin(limit, Now - TimeLimits.LongestJump).ShouldBeTrue();
        end.EndsWithin(limit, Now + TimeLimits.LongestJump).ShouldBeTrue();
    }
}
