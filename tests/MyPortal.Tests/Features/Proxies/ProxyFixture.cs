using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Notices.Public;
using MyPortal.Features.Proxies.Accepting;
using MyPortal.Features.Proxies.Folder;
using MyPortal.Features.Proxies.Inviting;
using MyPortal.Features.Proxies.Keeping;
using MyPortal.Features.SignIn.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Proxies;

/// <summary>A father, his daughter, and two senders. Cards are left out: the signatures reach the feature as the card transaction hands them over.</summary>
internal sealed class ProxyFixture : IAsyncDisposable
{
    public const string FatherName = "山田　太郎";
    public const string DaughterName = "山田　花子";

    private ProxyFixture(TestPortal portal, SignedIn father, SignedIn daughter, TestSender city, TestSender power) =>
        (Portal, Father, Daughter, City, Power) = (portal, father, daughter, city, power);

    public TestPortal Portal { get; }

    public SignedIn Father { get; }

    public SignedIn Daughter { get; }

    /// <summary>さくら市, a public sender that may write to the father.</summary>
    public TestSender City { get; }

    /// <summary>A business that may write to the father.</summary>
    public TestSender Power { get; }

    public static async Task<ProxyFixture> StartAsync(Engine engine = Engine.Sqlite, Action<IWebHostBuilder>? configure = null)
    {
        var portal = await TestPortal.StartAsync(engine, configure);
        var father = await portal.SignInAsync(await portal.EnrolAsync("太郎"));
        var daughter = await portal.SignInAsync(await portal.EnrolAsync("花子"));
        var city = await TestSender.SignedInAsync(portal);
        var power = await TestSender.SignedInAsync(portal, isPublic: false);
        await city.CodeOfAsync(father.Citizen);
        await power.CodeOfAsync(father.Citizen);
        return new ProxyFixture(portal, father, daughter, city, power);
    }

    /// <summary>A draft without a fault: everything of the city.</summary>
    public MandateDraft Draft(Func<MandateDraft, MandateDraft>? change = null)
    {
        var draft = new MandateDraft(FatherName, DaughterName, [City.Id], [], MayView: true, InviteProxy.DayInJapan(Portal.Clock.Now()).AddYears(1));
        return change is null ? draft : change(draft);
    }

    public async Task<WrittenMandate> InviteAsync(Func<MandateDraft, MandateDraft>? change = null) =>
        (await Portal.Get<InviteProxy>().ExecuteAsync(Father.Viewer, Draft(change), CancellationToken.None)).Value;

    public Task<Result<MandateId>> ClaimAsync(string code, SignedIn? who = null) => Portal.Get<ClaimInvitation>().ExecuteAsync((who ?? Daughter).Viewer, code, CancellationToken.None);

    /// <summary>Signs as somebody whose card bears a name.</summary>
    public async Task<SignedTextOutcome> SignAsync(MandateId id, SigningRole role, string? name = null)
    {
        var signer = role is SigningRole.Proxy ? Daughter : Father;
        var read = Portal.Get<ReadMandate>();
        var view = role is SigningRole.Proxy
            ? await read.AsInvitedAsync(signer.Viewer, id, CancellationToken.None)
            : await read.AsPrincipalAsync(signer.Viewer, id, CancellationToken.None);
        var text = view.IsRefused ? "" : view.Value.ToSign(role).Text;
        var document = Encoding.UTF8.GetBytes($"{role} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}");
        var signed = new SignedText(signer.Viewer, id.Value, role, text, document, SHA256.HashData(document), name ?? (role is SigningRole.Proxy ? DaughterName : FatherName), Portal.Clock.Now());
        await using var db = Portal.OpenDatabase();
        await using var work = await db.Database.BeginTransactionAsync();
        var outcome = await Portal.Services.GetServices<ISignedTextHandler>().Single(taker => taker.Kind is TakeMandateSignature.MandateKind).TakeAsync(db, signed, CancellationToken.None);
        if (outcome.Refusal is null)
        {
            await db.SaveChangesAsync();
            await work.CommitAsync();
        }

        return outcome;
    }

    /// <summary>A mandate that both have signed.</summary>
    public async Task<MandateId> ActivateAsync(Func<MandateDraft, MandateDraft>? change = null)
    {
        var written = await InviteAsync(change);
        (await ClaimAsync(written.Code)).Value.ShouldBe(written.Id);
        (await SignAsync(written.Id, SigningRole.Proxy)).Refusal.ShouldBeNull();
        (await SignAsync(written.Id, SigningRole.Principal)).Refusal.ShouldBeNull();
        return written.Id;
    }

    public async Task<NoticeId> SendAsync(TestSender sender, NoticeType type = NoticeType.Info, string title = "お知らせ")
    {
        using var answer = await sender.PostAsync(TestSender.Letter(await sender.CodeOfAsync(Father.Citizen), title) with { Type = type });
        answer.EnsureSuccessStatusCode();
        return NoticeId.From((await answer.Content.ReadFromJsonAsync<NoticeStatus>(ContractJson.Options))!.Id);
    }

    public async Task<ProxyFolder?> FolderAsync(MandateId id, SignedIn? who = null)
    {
        var result = await Portal.Get<ProxyFolders>().ResolveAsync((who ?? Daughter).Viewer, id, CancellationToken.None);
        return result.IsRefused ? null : result.Value;
    }

    /// <summary>What stands in the folder; null when it cannot be entered.</summary>
    public async Task<FolderList?> ListAsync(FolderViewer viewer, FolderQuery? query = null)
    {
        var result = await Portal.Get<ListFolder>().ExecuteAsync(viewer, query ?? new FolderQuery(OnlyUnread: false), CancellationToken.None);
        return result.IsRefused ? null : result.Value;
    }

    public Task<Result<OpenedNotice>> OpenAsync(FolderViewer viewer, NoticeId id) => Portal.Get<OpenFolderNotice>().ExecuteAsync(viewer, id, CancellationToken.None);

    public Task<bool> StopAsync(MandateId id, bool isSilent = false, Viewer? who = null) => Portal.Get<StopMandate>().ExecuteAsync(who ?? Father.Viewer, id, isSilent, CancellationToken.None);

    public async Task BlockCardOfAsync(CitizenId citizen)
    {
        await using var db = Portal.OpenDatabase();
        (await db.Set<CardCertificate>().SingleAsync(certificate => certificate.CitizenId == citizen)).Block(Portal.Clock.Now());
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        City.Dispose();
        Power.Dispose();
        await Portal.DisposeAsync();
    }
}
