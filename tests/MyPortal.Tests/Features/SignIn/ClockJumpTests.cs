using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Features.SignIn.Card;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>A card transaction lives three minutes, a completion code one, whatever the clock does.</summary>
public sealed class ClockJumpTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_was_begun_before_the_clock_was_set_back_is_not_handed_out()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var begun = await fixture.Browser.BeginAsync(CardPurpose.Login);
        fixture.Portal.Clock.SetBack(Hour);

        (await fixture.Agent.FetchAsync(begun.Ticket)).Ticket.ShouldBeNull();
        (await fixture.Browser.ReadAsync($"/login/card/{begun.Transaction}")).ShouldNotContain("127.0.0.1:5081");
    }

    [Fact]
    public async Task An_answer_or_a_code_from_before_does_nothing_now_or_when_the_clock_has_caught_up()
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var fetched = await fixture.FetchAsync();
        var other = fixture.NewBrowser();
        var answered = await fixture.FetchAsync(browser: other);
        var answer = await answered.AnswerAsync(fixture.Card);
        fixture.Portal.Clock.SetBack(Hour);

        (await fetched.AnswerAsync(fixture.Card)).Refusal.ShouldBe("card.transaction-over");
        (await other.CompleteAsync(answer.CompletionCode)).ShouldBe("/login/problem/card.transaction-over");
        await fixture.Portal.CleanAsync();
        fixture.Portal.Clock.Advance(Hour);
        (await fetched.AnswerAsync(fixture.Card)).Refusal.ShouldBe("card.transaction-over");
        (await other.CompleteAsync(answer.CompletionCode)).ShouldBe("/login/problem/card.transaction-over");
    }

    [Theory]
    [InlineData(1), InlineData(-1)]
    public async Task After_a_jump_either_way_a_person_signs_in_as_ever(int hours)
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        fixture.Portal.Clock.Advance(TimeSpan.FromHours(hours));

        (await fixture.PassAsync(browser: fixture.NewBrowser())).ShouldBe("/");
    }
}
