using MyPortal.Features.Operators;
using MyPortal.Features.Operators.Public;
using MyPortal.Features.Operators.Accounts;
using MyPortal.Identity;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Operators;

public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(-24, false), InlineData(-1, true), InlineData(0, true), InlineData(1, true), InlineData(24, false)]
    public async Task An_appointment_code_is_good_for_a_day_and_survives_a_jump_of_an_hour(int hours, bool isGood)
    {
        await using var portal = await TestPortal.StartAsync();
        var code = (await portal.Get<MakeAppointment>().OpenAsync(new AppointmentOrder("運用 一郎", OperatorRoles.View, "開設"), CancellationToken.None)).Value;
        portal.Clock.Advance(TimeSpan.FromHours(hours));
        var viewer = new Viewer(await portal.EnrolAsync(), default, AssuranceLevel.CardWithPin, default);

        var accepted = await portal.Get<AcceptAppointment>().ExecuteAsync(viewer, code, CancellationToken.None);

        accepted.IsRefused.ShouldBe(!isGood);
        if (!isGood)
        {
            accepted.Error.ShouldBe(OperatorErrors.CodeNotValid);
        }
    }
}
