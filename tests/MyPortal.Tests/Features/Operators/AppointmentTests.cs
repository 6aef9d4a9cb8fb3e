using System.Net;
using Microsoft.EntityFrameworkCore;
using MyPortal.Features.Operators;
using MyPortal.Features.Operators.Public;
using MyPortal.Features.Operators.Accounts;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Operators;

public sealed class AppointmentTests
{
    [Fact]
    public async Task Whoever_enters_the_code_after_showing_a_card_becomes_an_operator_and_nobody_else_does()
    {
        await using var portal = await TestPortal.StartAsync();
        var code = (await portal.Get<MakeAppointment>().OpenAsync(new AppointmentOrder("運用 一郎", OperatorRoles.Any, "開設"), CancellationToken.None)).Value;
        var first = await portal.SignInAsync();
        var second = await portal.SignInAsync();

        using var wrong = await EnterAsync(first, (code[0] is '0' ? "1" : "0") + code[1..]);
        using var right = await EnterAsync(first, code.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal));
        using var again = await EnterAsync(second, code);

        (await ReadPage.ParseAsync(wrong)).QuerySelector(".field-problem").Words().ShouldStartWith("任命コードが違うか");
        right.Headers.Location!.OriginalString.ShouldEndWith("/admin");
        (await ReadPage.ParseAsync(again)).QuerySelector(".field-problem").Words().ShouldStartWith("任命コードが違うか");
        (await first.Browser.OpenAsync("/admin")).QuerySelector(".lead").Words().ShouldBe("あなたの役割：閲覧・受付・承認・監査・運用");
        await second.Browser.OpenAsync("/admin", expected: HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_code_typed_with_a_Japanese_keyboard_is_the_same_code()
    {
        await using var portal = await TestPortal.StartAsync();
        var code = (await portal.Get<MakeAppointment>().OpenAsync(new AppointmentOrder("運用 一郎", OperatorRoles.View, "開設"), CancellationToken.None)).Value;
        var person = await portal.SignInAsync();

        using var right = await EnterAsync(person, string.Concat(code.Select(character => character is '-' ? 'ー' : (char)(character + 0xFEE0))));

        right.Headers.Location!.OriginalString.ShouldEndWith("/admin");
    }

    [Theory]
    [InlineData("運用\u202E一郎", "開設"), InlineData("\u3164", "開設"), InlineData("運用 一郎", "開\u200B設")]
    public async Task A_work_name_and_a_reason_are_words_that_people_see(string label, string reason)
    {
        await using var portal = await TestPortal.StartAsync();

        (await portal.Get<MakeAppointment>().OpenAsync(new AppointmentOrder(label, OperatorRoles.View, reason), CancellationToken.None)).IsRefused.ShouldBeTrue();
    }

    [Theory, EveryDatabase]
    public async Task The_longest_work_name_fits_however_many_bytes_a_character_has(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var label = string.Concat(Enumerable.Repeat("か\u3099\u3099\u3099", 40));
        var code = (await portal.Get<MakeAppointment>().OpenAsync(new AppointmentOrder(label, OperatorRoles.View, "開設"), CancellationToken.None)).Value;

        using var right = await EnterAsync(await portal.SignInAsync(), code);

        right.Headers.Location!.OriginalString.ShouldEndWith("/admin");
    }

    [Fact]
    public async Task A_code_is_good_for_a_day()
    {
        await using var portal = await TestPortal.StartAsync();
        var code = (await portal.Get<MakeAppointment>().OpenAsync(new AppointmentOrder("運用 一郎", OperatorRoles.View, "開設"), CancellationToken.None)).Value;
        portal.Clock.Advance(TimeSpan.FromHours(24));
        var person = await portal.SignInAsync();

        using var late = await EnterAsync(person, code);

        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        await person.Browser.OpenAsync("/admin", expected: HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_appointment_from_the_console_needs_a_second_operator_who_gets_the_code_once()
    {
        await using var portal = await TestPortal.StartAsync();
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.Operate | OperatorRoles.Approve, "運用 一郎");
        var futaba = await TestOperator.SignedInAsync(portal, OperatorRoles.Approve, "承認 二葉");
        using var proposed = await ichiro.FillInAsync("/admin/operators/new", "appoint", ("label", "監査 三郎"), ("roles", "Audit"), ("reason", "増員のため"));
        proposed.Headers.Location!.OriginalString.ShouldEndWith("/admin/operators?done=proposed");
        var page = await futaba.Browser.OpenAsync("/admin/operators");
        var address = page.QuerySelector("a[href^='/admin/appointments/']")!.GetAttribute("href")!;

        (await ichiro.Browser.OpenAsync(address)).QuerySelectorAll("main form").ShouldBeEmpty("whoever proposed cannot decide");
        var own = await portal.Get<DecideAppointment>().ApproveAsync(ichiro.Acting, Guid.Parse(address.Split('/')[^1]), CancellationToken.None);
        using var approved = await futaba.FillInAsync(address, "approve");
        var shown = await ReadPage.ParseAsync(approved);
        var later = await futaba.Browser.OpenAsync(address);

        own.Error.ShouldBe(OperatorErrors.OwnProposal);
        var code = shown.QuerySelector(".secret-value").Words();
        later.Body!.TextContent.ShouldNotContain(code);
        var saburo = await portal.SignInAsync();
        using var entered = await EnterAsync(saburo, code);
        await saburo.Browser.OpenAsync("/admin/audit");
        await saburo.Browser.OpenAsync("/admin/operators/new", expected: HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_proposes_once()
    {
        await using var portal = await TestPortal.StartAsync();
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.Operate, "運用 一郎");
        (string, string)[] typed = [("label", "監査 三郎"), ("roles", "Audit"), ("reason", "増員のため"), ("formKey", Guid.CreateVersion7().ToString())];

        using var first = await ichiro.FillInAsync("/admin/operators/new", "appoint", typed);
        using var second = await ichiro.FillInAsync("/admin/operators/new", "appoint", typed);

        second.Headers.Location!.OriginalString.ShouldBe(first.Headers.Location!.OriginalString);
        second.Headers.Location.OriginalString.ShouldEndWith("/admin/operators?done=proposed");
        await using var db = portal.OpenDatabase();
        (await db.Set<Appointment>().CountAsync(found => found.ProposedBy == ichiro.Id, TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task The_code_is_refused_to_whoever_proposed_or_approved_it_and_stays_good_for_the_person_meant()
    {
        await using var portal = await TestPortal.StartAsync();
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.Operate | OperatorRoles.Approve, "運用 一郎");
        var futaba = await TestOperator.SignedInAsync(portal, OperatorRoles.Approve, "承認 二葉");
        var proposal = (await portal.Get<MakeAppointment>().ProposeAsync(ichiro.Acting, new AppointmentOrder("監査 三郎", OperatorRoles.Any, "増員のため"), CancellationToken.None)).Value;
        var code = (await portal.Get<DecideAppointment>().ApproveAsync(futaba.Acting, proposal, CancellationToken.None)).Value;
        var accept = portal.Get<AcceptAppointment>();

        (await accept.ExecuteAsync(ichiro.Acting.Viewer, code, CancellationToken.None)).Error.ShouldBe(OperatorErrors.OwnAppointment);
        (await accept.ExecuteAsync(futaba.Acting.Viewer, code, CancellationToken.None)).Error.ShouldBe(OperatorErrors.OwnAppointment);
        (await portal.Get<EndOperator>().ExecuteAsync(futaba.Acting, ichiro.Id, "退職のため", CancellationToken.None)).ShouldBeNull();
        (await accept.ExecuteAsync(ichiro.Acting.Viewer, code, CancellationToken.None)).Error.ShouldBe(OperatorErrors.OwnAppointment, "whose access ended is still the same person");

        var saburo = await portal.SignInAsync();
        using var entered = await EnterAsync(saburo, code);
        await saburo.Browser.OpenAsync("/admin");
        (await futaba.Browser.OpenAsync("/admin")).QuerySelector(".lead").Words().ShouldBe("あなたの役割：承認", "nobody gave themselves a role");
    }

    [Fact]
    public async Task Ended_access_is_over_with_the_next_click()
    {
        await using var portal = await TestPortal.StartAsync();
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.Operate | OperatorRoles.Approve);
        var futaba = await TestOperator.SignedInAsync(portal, OperatorRoles.Approve);
        await futaba.Browser.OpenAsync("/admin");

        using var ended = await ichiro.FillInAsync($"/admin/operators/{futaba.Id}/end", "end", ("reason", "退職のため"));

        ended.Headers.Location!.OriginalString.ShouldEndWith("/admin/operators?done=ended");
        await futaba.Browser.OpenAsync("/admin", expected: HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_last_approver_can_neither_be_ended_nor_given_other_roles()
    {
        await using var portal = await TestPortal.StartAsync();
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.Operate);
        var futaba = await TestOperator.SignedInAsync(portal, OperatorRoles.Approve);

        using var refused = await ichiro.FillInAsync($"/admin/operators/{futaba.Id}/end", "end", ("reason", "退職のため"));
        var code = (await portal.Get<MakeAppointment>().OpenAsync(new AppointmentOrder("承認 二葉", OperatorRoles.View, "異動"), CancellationToken.None)).Value;
        var moved = await portal.Get<AcceptAppointment>().ExecuteAsync(futaba.Acting.Viewer, code, CancellationToken.None);

        (await ReadPage.ParseAsync(refused)).QuerySelector(".field-problem").Words().ShouldBe("最後の承認者は外せません");
        moved.Error.ShouldBe(OperatorErrors.LastApprover);
        await futaba.Browser.OpenAsync("/admin");
    }

    [Theory, EveryDatabase]
    public async Task Of_two_approvers_who_end_each_other_at_once_one_stays(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.Approve);
        var futaba = await TestOperator.SignedInAsync(portal, OperatorRoles.Approve);
        var end = portal.Get<EndOperator>();

        var answers = await Task.WhenAll(
            Task.Run(() => end.ExecuteAsync(ichiro.Acting, futaba.Id, "争い", CancellationToken.None)),
            Task.Run(() => end.ExecuteAsync(futaba.Acting, ichiro.Id, "争い", CancellationToken.None)));

        answers.Count(answer => answer is null).ShouldBe(1);
        answers.ShouldContain(OperatorErrors.LastApprover);
        await using var db = portal.OpenDatabase();
        (await db.Set<Operator>().CountAsync(person => person.EndedAt == null, TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Theory]
    [InlineData("", "Approve"), InlineData("運用 一郎", ""), InlineData("運用 一郎", "Everything"), InlineData("運用 一郎", "64")]
    public async Task The_command_refuses_what_it_does_not_understand(string label, string roles)
    {
        await using var portal = await TestPortal.StartAsync(configure: web => web.UseSetting("Operator:Label", label).UseSetting("Operator:Roles", roles));
        await using var output = new StringWriter();

        (await portal.Get<AppointOperator>().ExecuteAsync(output, TextWriter.Null, CancellationToken.None)).ShouldBe(2);

        output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task All_faults_of_an_appointment_are_said_at_once_and_a_refused_code_stays()
    {
        await using var portal = await TestPortal.StartAsync();
        var ichiro = await TestOperator.SignedInAsync(portal, OperatorRoles.Operate, "運用 一郎");
        using var proposed = await ichiro.FillInAsync("/admin/operators/new", "appoint", ("label", ""), ("reason", ""));
        var form = await ReadPage.ParseAsync(proposed);
        var fields = form.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")!.Split('#')[1]).ToList();
        fields.ShouldBe(["label", "roles", "reason"]);
        fields.ShouldAllBe(field => form.GetElementById(field) != null);

        var person = await portal.SignInAsync();
        using var entered = await EnterAsync(person, "ABCDE-FGHJK-MNPQR-STVWX-YZ012-3");
        var page = await ReadPage.ParseAsync(entered);

        page.QuerySelector(".error-summary a")!.GetAttribute("href")!.ShouldEndWith("#code");
        page.GetElementById("code")!.GetAttribute("value").ShouldBe("ABCDE-FGHJK-MNPQR-STVWX-YZ012-3", "nobody types 26 characters twice");
    }

    [Fact]
    public async Task The_command_prints_a_code_that_works()
    {
        await using var portal = await TestPortal.StartAsync(configure: web => web.UseSetting("Operator:Label", "運用 一郎").UseSetting("Operator:Roles", "Approve, operate"));
        await using var output = new StringWriter();

        (await portal.Get<AppointOperator>().ExecuteAsync(output, TextWriter.Null, CancellationToken.None)).ShouldBe(0);

        var person = await portal.SignInAsync();
        using var entered = await EnterAsync(person, output.ToString().Trim());
        (await person.Browser.OpenAsync("/admin")).QuerySelector(".lead").Words().ShouldBe("あなたの役割：承認・運用");
    }

    private static async Task<HttpResponseMessage> EnterAsync(SignedIn person, string code)
    {
        var form = (await person.Browser.OpenAsync("/admin/appointment")).QuerySelector("main form")!;
        return await person.Browser.SubmitAsync(form, ("code", code));
    }
}
