using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Features.Proxies;
using MyPortal.Features.Proxies.Accepting;
using MyPortal.Features.Proxies.Inviting;
using MyPortal.Features.Proxies.Keeping;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Proxies;

/// <summary>From the invitation to the second signature, and back.</summary>
public sealed class MandateTests
{
    [Fact]
    public async Task A_code_typed_with_a_Japanese_keyboard_and_a_name_in_another_form_of_its_character_are_taken()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var written = await fixture.InviteAsync(draft => draft with { ProxyName = "葛\U000E0100城花子" });

        (await fixture.ClaimAsync(string.Concat(written.Code.Select(character => character is '-' ? '－' : (char)(character + 0xFEE0))))).Value.ShouldBe(written.Id);
        (await fixture.SignAsync(written.Id, SigningRole.Proxy, "髙城花子")).Refusal.ShouldBe(MandateErrors.NameDiffers);
        (await fixture.SignAsync(written.Id, SigningRole.Proxy, "葛城　花子")).Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData("山田\u202E花子", "form"), InlineData("\u3164", "form"), InlineData("山田\u200B花子", "form"), InlineData("山田\uE000", "form"), InlineData("", "empty")]
    public async Task A_name_in_a_mandate_is_one_that_people_see(string name, string code)
    {
        await using var fixture = await ProxyFixture.StartAsync();

        fixture.Draft(draft => draft with { ProxyName = name }).ProblemsAt(1, InviteProxy.DayInJapan(fixture.Portal.Clock.Now()), [fixture.City.Id]).ShouldContain(("proxyName", code));
    }

    [Theory, EveryDatabase]
    [Requirement(143, InPart = "the proxy's signature over an act; a proxy can only look")]
    public async Task Nothing_can_be_seen_before_both_have_signed(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine);
        var written = await fixture.InviteAsync();
        (await fixture.FolderAsync(written.Id)).ShouldBeNull();
        (await fixture.SignAsync(written.Id, SigningRole.Principal)).Refusal.ShouldBe(MandateErrors.Over, "the principal signs last");

        await fixture.ClaimAsync(written.Code);
        (await fixture.FolderAsync(written.Id)).ShouldBeNull();
        (await fixture.SignAsync(written.Id, SigningRole.Proxy)).ShouldBe(new($"/proxy/invitations/{written.Id}?done=accepted"));
        (await fixture.FolderAsync(written.Id)).ShouldBeNull();
        (await fixture.SignAsync(written.Id, SigningRole.Principal)).ShouldBe(new($"/proxy/{written.Id}?done=active"));

        (await fixture.FolderAsync(written.Id)).ShouldNotBeNull().OwnerName.ShouldBe(ProxyFixture.FatherName);
        (await fixture.FolderAsync(written.Id, fixture.Father)).ShouldBeNull("it is the proxy's folder");
    }

    [Fact]
    [Requirement(143)]
    public async Task Both_signatures_leave_their_hashes_and_a_statement_of_the_portal_and_no_certificate()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();

        await using var db = fixture.Portal.OpenDatabase();
        var mandate = await db.Set<Mandate>().SingleAsync(TestContext.Current.CancellationToken);
        mandate.ProxyDocumentHash.ShouldNotBeNull().ShouldNotBe(mandate.PrincipalDocumentHash.ShouldNotBeNull(), "each signed an own document");
        mandate.ProxySignerHash.ShouldNotBeNull().ShouldNotBe(mandate.PrincipalSignerHash.ShouldNotBeNull());
        using var key = await fixture.Portal.Get<CitizenKeys>().OpenAsync(db, fixture.Father.Citizen, TestContext.Current.CancellationToken);
        var statement = key.Open(mandate.SealedStatement.ShouldNotBeNull(), TakeMandateSignature.StatementPlace(mandate));
        var line = Array.IndexOf(statement, (byte)'\n');
        using var portalKey = fixture.Portal.Get<KeyFolder>().SigningKey("statement");
        portalKey.VerifyData(statement.AsSpan(0, line), Convert.FromBase64String(Encoding.ASCII.GetString(statement[(line + 1)..])), HashAlgorithmName.SHA256).ShouldBeTrue();
        var words = Encoding.UTF8.GetString(statement, 0, line);
        words.ShouldContain(id.ToString());
        words.ShouldContain(Convert.ToHexStringLower(mandate.ProxyDocumentHash));
        words.ShouldContain(Convert.ToHexStringLower(mandate.PrincipalDocumentHash));
        words.ShouldNotContain("山田");
    }

    [Theory]
    [InlineData(SigningRole.Proxy), InlineData(SigningRole.Principal)]
    public async Task A_card_with_another_name_than_the_mandates_does_not_sign_it(SigningRole role)
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var written = await fixture.InviteAsync();
        await fixture.ClaimAsync(written.Code);
        if (role is SigningRole.Principal)
        {
            await fixture.SignAsync(written.Id, SigningRole.Proxy);
        }

        var outcome = await fixture.SignAsync(written.Id, role, "佐藤　次郎");

        outcome.Refusal.ShouldBe(MandateErrors.NameDiffers);
        outcome.GoOnTo.ShouldEndWith("?problem=name");
    }

    [Theory]
    [InlineData("山田太郎", "山田　太郎", true)]
    [InlineData(" 山田 太郎 ", "山田　太郎", true)]
    [InlineData("ﾔﾏﾀﾞ", "ヤマダ", true)]
    [InlineData("山田太郎", "山田　太朗", false)]
    [InlineData("", "", false)]
    public void A_name_is_the_same_in_every_width_and_spacing_and_in_no_other_letters(string written, string certified, bool expected) =>
        WrittenName.AreSame(written, certified).ShouldBe(expected);

    [Theory, EveryDatabase]
    public async Task An_invitation_is_its_first_users_and_nobody_elses(Engine engine)
    {
        await using var fixture = await ProxyFixture.StartAsync(engine);
        var written = await fixture.InviteAsync();
        var stranger = await fixture.Portal.SignInAsync();
        (await fixture.ClaimAsync(written.Code, fixture.Father)).Error.ShouldBe(MandateErrors.InvitationUnusable, "nobody is the own proxy");

        (await fixture.ClaimAsync(written.Code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).Value.ShouldBe(written.Id);

        (await fixture.ClaimAsync(written.Code)).Value.ShouldBe(written.Id, "whoever has it may come back to it");
        (await fixture.ClaimAsync(written.Code, stranger)).Error.ShouldBe(MandateErrors.InvitationUnusable);
        (await fixture.Portal.Get<ReadMandate>().AsInvitedAsync(stranger.Viewer, written.Id, TestContext.Current.CancellationToken)).Error.ShouldBe(MandateErrors.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000-0000-0000-0000-0000-0000-00")]
    [InlineData("not a code")]
    public async Task A_code_that_was_never_given_out_is_refused_like_a_used_one(string code)
    {
        await using var fixture = await ProxyFixture.StartAsync();

        (await fixture.ClaimAsync(code)).Error.ShouldBe(MandateErrors.InvitationUnusable);
    }

    [Fact]
    public async Task An_invitation_lives_for_seven_days()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var (first, second) = (await fixture.InviteAsync(), await fixture.InviteAsync());
        await fixture.ClaimAsync(second.Code);
        fixture.Portal.Clock.Advance(TimeSpan.FromDays(7));

        (await fixture.ClaimAsync(first.Code)).Error.ShouldBe(MandateErrors.InvitationUnusable);
        (await fixture.SignAsync(second.Id, SigningRole.Proxy)).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_withdrawn_invitation_is_worth_nothing()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var (first, second) = (await fixture.InviteAsync(), await fixture.InviteAsync());
        await fixture.ClaimAsync(second.Code);
        (await fixture.StopAsync(first.Id)).ShouldBeTrue();
        (await fixture.StopAsync(second.Id)).ShouldBeTrue();

        (await fixture.ClaimAsync(first.Code)).Error.ShouldBe(MandateErrors.InvitationUnusable);
        (await fixture.SignAsync(second.Id, SigningRole.Proxy)).Refusal.ShouldNotBeNull();
    }

    [Fact]
    [Requirement(144)]
    public async Task A_mandate_without_scope_end_or_act_and_for_unknown_senders_cannot_be_written()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var today = InviteProxy.DayInJapan(fixture.Portal.Clock.Now());
        foreach (var faulty in new Func<MandateDraft, MandateDraft>[]
        {
            draft => draft with { Senders = [] },
            draft => draft with { Senders = [SenderId.From(Guid.NewGuid())] },
            draft => draft with { MayView = false },
            draft => draft with { LastDay = null },
            draft => draft with { LastDay = today },
            draft => draft with { LastDay = today.AddYears(3).AddDays(1) },
            draft => draft with { ProxyName = "" },
            draft => draft with { ProxyName = draft.PrincipalName },
            draft => draft with { ProxyName = "山田\u202E花子" },
            draft => draft with { PrincipalName = new string('あ', 61) },
        })
        {
            (await fixture.Portal.Get<InviteProxy>().ExecuteAsync(fixture.Father.Viewer, fixture.Draft(faulty), TestContext.Current.CancellationToken)).Error.ShouldBe(MandateErrors.Invalid);
        }

        (await fixture.InviteAsync(draft => draft with { LastDay = today.AddYears(3) })).Code.Length.ShouldBe(32);
    }

    [Fact]
    public async Task The_text_names_both_what_until_when_and_that_it_can_be_stopped()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var written = await fixture.InviteAsync();

        var lines = (await fixture.Portal.Get<ReadMandate>().AsPrincipalAsync(fixture.Father.Viewer, written.Id, TestContext.Current.CancellationToken)).Value.Lines;

        lines.ShouldContain(line => line == "本人：山田　太郎");
        lines.ShouldContain(line => line == "代理人：山田　花子");
        lines.ShouldContain(line => line == "見てよい送信元：さくら市");
        lines.ShouldContain(line => line.StartsWith("期間：", StringComparison.Ordinal));
        lines.ShouldContain(line => line == "本人は、いつでも、ひとりで、すぐに止められます。");
    }

    [Fact]
    public async Task Every_step_leaves_a_record_of_who_did_it_to_whom()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        await fixture.StopAsync(id);

        await using var db = fixture.Portal.OpenDatabase();
        var records = await db.Set<AccessRecord>().Where(record => record.ObjectId == id.Value).OrderBy(record => record.At).ToListAsync(TestContext.Current.CancellationToken);
        records.ShouldAllBe(record => record.Subject == fixture.Father.Citizen);
        records.Where(record => record.ActorId == fixture.Father.Citizen.Value).Select(record => record.Event).Distinct()
            .ShouldBe([AccessEvent.MandateInvited, AccessEvent.MandateRead, AccessEvent.MandateActivated, AccessEvent.MandateStopped], ignoreOrder: true);
        records.Where(record => record.ActorId == fixture.Daughter.Citizen.Value).Select(record => record.Event).Distinct()
            .ShouldBe([AccessEvent.InvitationClaimed, AccessEvent.MandateRead, AccessEvent.MandateAccepted], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_declined_is_out_and_the_principal_sees_nothing_waiting()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var written = await fixture.InviteAsync();
        await fixture.ClaimAsync(written.Code);

        (await fixture.Portal.Get<RefuseInvitation>().ExecuteAsync(fixture.Daughter.Viewer, written.Id, TestContext.Current.CancellationToken)).ShouldBeTrue();

        (await fixture.SignAsync(written.Id, SigningRole.Proxy)).Refusal.ShouldNotBeNull();
        (await fixture.Portal.Get<ReadMandates>().ExecuteAsync(fixture.Father.Viewer, TestContext.Current.CancellationToken)).Given.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_principal_stops_and_level_two_is_enough()
    {
        await using var fixture = await ProxyFixture.StartAsync();
        var id = await fixture.ActivateAsync();
        (await fixture.StopAsync(id, who: fixture.Daughter.Viewer)).ShouldBeFalse();
        (await fixture.FolderAsync(id)).ShouldNotBeNull();
        var withPasskey = await fixture.Portal.SignInAsync(fixture.Father.Citizen, AssuranceLevel.Verified);

        (await fixture.StopAsync(id, who: withPasskey.Viewer)).ShouldBeTrue();

        (await fixture.StopAsync(id, who: withPasskey.Viewer)).ShouldBeFalse("it is over already");
    }
}
