using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Features.Notices;
using MyPortal.Features.SignIn.Card;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Tests.Ground;

namespace MyPortal.Tests.Audit;

public sealed class RecordedActsTests
{
    private const string Ticket = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>Each act, and the records it must leave: <c>event actor outcome</c>; none where a stranger is only counted.</summary>
    private static readonly Dictionary<string, (string[] Records, Func<World, Task> Act)> Acts = new(StringComparer.Ordinal)
    {
        ["a login begins"] = ([], w => w.Portal.Get<StartCardTransaction>().ExecuteAsync(CardPurpose.Login, "/", default)),
        ["a document is fetched twice"] = ([], async w =>
        {
            var started = await w.Portal.Get<StartCardTransaction>().ExecuteAsync(CardPurpose.Login, "/", default);
            await w.Hanako.Browser.GetAsync("/card/t/" + CardSecrets.TicketOf(started.Binding, started.Id));
            await w.Hanako.Browser.GetAsync("/card/t/" + CardSecrets.TicketOf(started.Binding, started.Id));
        }
        ),
        ["an answer comes for no login"] = ([], w =>
            w.Hanako.Browser.PostAsJsonAsync($"/card/t/{Ticket}/response", new CardResponse("", [], new AgentProof([], [], "")), ContractJson.Options)),
        ["a session is left"] = (["LoggedOut Citizen ok"], w => w.Portal.Get<Sessions>().EndAsync(w.Hanako.Viewer, w.Hanako.Viewer.Session, SessionEnd.LoggedOut, default)),
        ["a session is ended from the account"] = (["SessionEnded Citizen ok"], async w =>
        {
            var other = await w.Portal.SignInAsync(w.Hanako.Citizen);
            await w.Portal.Get<Sessions>().EndAsync(w.Hanako.Viewer, other.Viewer.Session, SessionEnd.EndedFromAccount, default);
        }
        ),
        ["the inbox is listed"] = (["InboxListed Citizen ok:1"], w => w.Hanako.Browser.GetAsync("/inbox")),
        ["the home page lists what is new and, with nothing to do, nothing else"] = (["InboxListed Citizen ok:1"], w => w.Hanako.Browser.GetAsync("/")),
        ["a notice is opened"] = (["NoticeOpened Citizen ok"], w => w.Hanako.Browser.GetAsync($"/inbox/{w.Notice}")),
        ["a notice is opened again"] = (["NoticeOpened Citizen ok", "NoticeOpened Citizen ok"], async w =>
        {
            await w.Hanako.Browser.GetAsync($"/inbox/{w.Notice}");
            await w.Hanako.Browser.GetAsync($"/inbox/{w.Notice}");
        }
        ),
        ["a name is chosen"] = (["AccountChanged Citizen ok"], w => w.Portal.Get<OwnProfile>().ChooseNameAsync(w.Hanako.Viewer, "花子", default)),
        ["the loss code is kept"] = (["AccountChanged Citizen ok"], w => w.Portal.Get<OwnProfile>().KeepLossCodeAsync(w.Hanako.Viewer, default)),
        ["the own link is opened"] = (["LinkOpened Citizen ok"], w => w.Portal.Get<OwnLinks>().OpenAsync(w.Hanako.Viewer, default)),
        ["a holder is asked"] = (["LinkOpened Citizen ok", "HolderAsked Citizen ok:3", "HolderAnswered Citizen hub.code-unknown"], w => AskAsync(w)),
        ["a sender signs in"] = (["SenderTokenIssued Sender ok"], w => w.City.SignInAsync()),
        ["a sender is not known"] = ([], w => w.City.AskTokenAsync("a.b.c")),
        ["a sender posts"] = (["NoticeAccepted Sender ok"], w => w.City.SendAsync(w.Hanako.Citizen)),
        ["a sender posts again"] = (["NoticeAccepted Sender ok", "NoticeStatusRead Sender ok", "SenderRefused Sender idempotency.key-reused"], async w =>
        {
            var letter = TestSender.Letter(await w.City.CodeOfAsync(w.Hanako.Citizen));
            await w.City.PostAsync(letter, "key-1");
            await w.City.PostAsync(letter, "key-1");
            await w.City.PostAsync(letter with { Concerns = "x" }, "key-1");
        }
        ),
        ["a sender posts to nobody"] = (["SenderRefused Sender notice.recipient-unknown"], w => w.City.PostAsync(TestSender.Letter("x"))),
        ["a sender posts what is not JSON"] = (["SenderRefused Sender request.not-json"], w => w.City.PostAsync(new StringContent("x"))),
        ["a sender posts what cannot be read"] = (["SenderRefused Sender request.malformed-json"], w => w.City.PostAsync(new StringContent("{", Encoding.UTF8, "application/json"))),
        ["a sender posts with a fault"] = (["SenderRefused Sender notice.invalid"], w => w.City.PostAsync(TestSender.Letter("x", title: ""))),
        ["a sender posts without a key"] = (["SenderRefused Sender idempotency.key-missing"], w => w.City.PostAsync(TestSender.Letter("x"), "")),
        ["a sender asks for a state"] = (["NoticeStatusRead Sender ok"], w => w.City.Http.GetAsync($"/api/v1/notices/{w.Notice}")),
        ["a sender asks for what is not its own"] = (["NoticeStatusRead Sender notice.not-found"], w => w.City.Http.GetAsync($"/api/v1/notices/{Guid.Empty}")),
    };

    public static TheoryData<string> Names => [.. Acts.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task Every_act_leaves_its_record(string act)
    {
        await using var world = await World.CreateAsync();
        var before = await world.RecordsAsync();

        await Acts[act].Act(world);

        var records = (await world.RecordsAsync()).ExceptBy(before.Select(record => record.Id), record => record.Id).ToList();
        records.Select(record => $"{record.Event} {record.ActorKind} {record.Outcome}").ShouldBe(Acts[act].Records, ignoreOrder: true);
        records.Where(record => record.ActorKind is ActorKind.Citizen).ShouldAllBe(record => record.ActorId == world.Hanako.Citizen.Value && record.Subject == world.Hanako.Citizen);
        records.Where(record => record.ActorKind is ActorKind.Sender).ShouldAllBe(record => record.ActorId == world.City.Id.Value);
    }

    [Fact]
    public async Task What_cannot_be_recorded_does_not_happen()
    {
        await using var world = await World.CreateAsync();
        var other = await world.Portal.SignInAsync(world.Hanako.Citizen);
        var before = await world.FingerprintAsync();
        await world.ExecuteAsync("CREATE TRIGGER no_records BEFORE INSERT ON AccessRecords BEGIN SELECT RAISE(ABORT, 'no'); END");

        using var opened = await world.Hanako.Browser.GetAsync($"/inbox/{world.Notice}", TestContext.Current.CancellationToken);
        using var posted = await world.City.PostAsync(TestSender.Letter(await world.City.CodeOfAsync(world.Hanako.Citizen)));
        using var token = await world.City.AskTokenAsync(TestAssertion.For(world.City, world.Portal.Clock.GetUtcNow()).SignWith(world.City.Key));
        await Should.ThrowAsync<DbUpdateException>(() => world.Portal.Get<OwnProfile>().ChooseNameAsync(world.Hanako.Viewer, "花子", default));
        await Should.ThrowAsync<DbUpdateException>(() => world.Portal.Get<OwnProfile>().KeepLossCodeAsync(world.Hanako.Viewer, default));
        await Should.ThrowAsync<DbUpdateException>(() => world.Portal.Get<Sessions>().EndAsync(world.Hanako.Viewer, other.Viewer.Session, SessionEnd.EndedFromAccount, default));
        await Should.ThrowAsync<DbUpdateException>(() => world.Portal.Get<StartCardTransaction>().ExecuteAsync(new CardRequest(CardPurpose.StepUp, "/") { Person = world.Hanako.Viewer }, default));

        foreach (var answer in new[] { opened, posted, token })
        {
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.InternalServerError);
        }

        (await world.FingerprintAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task What_does_not_happen_is_not_recorded()
    {
        await using var world = await World.CreateAsync();
        var before = await world.RecordsAsync();
        await world.ExecuteAsync("CREATE TRIGGER no_notices BEFORE INSERT ON Notices BEGIN SELECT RAISE(ABORT, 'no'); END");
        await world.ExecuteAsync("CREATE TRIGGER no_reading BEFORE UPDATE ON Mailboxes BEGIN SELECT RAISE(ABORT, 'no'); END");
        await world.ExecuteAsync("CREATE TRIGGER no_names BEFORE UPDATE ON Citizens BEGIN SELECT RAISE(ABORT, 'no'); END");

        using var opened = await world.Hanako.Browser.GetAsync($"/inbox/{world.Notice}", TestContext.Current.CancellationToken);
        using var posted = await world.City.PostAsync(TestSender.Letter(await world.City.CodeOfAsync(world.Hanako.Citizen)));
        await Should.ThrowAsync<DbUpdateException>(() => world.Portal.Get<OwnProfile>().ChooseNameAsync(world.Hanako.Viewer, "花子", default));

        (await world.RecordsAsync()).Select(record => record.Id).ShouldBe(before.Select(record => record.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task A_question_that_cannot_be_recorded_is_not_asked()
    {
        await using var world = await World.CreateAsync();
        var link = (await world.Portal.Get<OwnLinks>().OpenAsync(world.Hanako.Viewer, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        await world.Portal.Get<HubDirectory>().ReadAsync(TestContext.Current.CancellationToken);
        await world.ExecuteAsync("CREATE TRIGGER no_records BEFORE INSERT ON AccessRecords BEGIN SELECT RAISE(ABORT, 'no'); END");
        world.Portal.Hub.Paths.Clear();

        await Should.ThrowAsync<DbUpdateException>(() => AskAsync(world, link));
        await Should.ThrowAsync<DbUpdateException>(() => world.Portal.Get<OwnLinks>().OpenAsync(world.Hanako.Viewer, TestContext.Current.CancellationToken));

        world.Portal.Hub.Paths.ShouldBeEmpty();
    }

    private static async Task<AskedHolder> AskAsync(World world, OwnLink? known = null)
    {
        var link = known ?? (await world.Portal.Get<OwnLinks>().OpenAsync(world.Hanako.Viewer, default)).ShouldNotBeNull();
        var rows = (await world.Portal.Get<HubDirectory>().ReadAsync(default)).Value.Matrix.Rows;
        return await world.Portal.Get<AskHolder>().ExecuteAsync(world.Hanako.Viewer, new HolderQuestion(link.HubCode, link.SubjectTag, rows.Single(row => row.RowId == "city-tax-self"), "own-device"), default);
    }

    /// <summary>A citizen with one unread notice, and the city that sent it.</summary>
    private sealed record World(TestPortal Portal, SignedIn Hanako, TestSender City, Guid Notice) : IAsyncDisposable
    {
        public static async Task<World> CreateAsync()
        {
            var portal = await TestPortal.StartAsync();
            var hanako = await portal.SignInAsync();
            var city = await TestSender.SignedInAsync(portal);
            await city.CodeOfAsync(hanako.Citizen);
            return new World(portal, hanako, city, (await city.SendAsync(hanako.Citizen)).Id);
        }

        public async Task<List<AccessRecord>> RecordsAsync()
        {
            await using var db = Portal.OpenDatabase();
            return await db.Set<AccessRecord>().AsNoTracking().ToListAsync();
        }

        /// <summary>Everything these acts could have changed.</summary>
        public async Task<string> FingerprintAsync()
        {
            await using var db = Portal.OpenDatabase();
            var notices = await db.Set<Notice>().AsNoTracking().Select(notice => $"{notice.Id} {notice.IsUnread} {notice.FirstOpenedAt}").ToListAsync();
            var mailboxes = await db.Set<Mailbox>().AsNoTracking().Select(mailbox => $"{mailbox.LastPosition} {mailbox.Unread}").ToListAsync();
            var posts = await db.Set<AcceptedPost>().CountAsync();
            var citizens = await db.Set<Citizen>().AsNoTracking().ToListAsync();
            var sessions = await db.Set<Session>().AsNoTracking().CountAsync(session => session.EndedAt == null);
            var rest = await db.Database.SqlQuery<int>($"SELECT (SELECT COUNT(*) FROM SenderTokens) + (SELECT COUNT(*) FROM UsedAssertions) + (SELECT COUNT(*) FROM CardTransactions) AS Value").SingleAsync();
            return string.Join('\n', [.. notices, .. mailboxes, $"{posts} {sessions} {rest}", .. citizens.Select(citizen => $"{citizen.SealedDisplayName?.Length} {citizen.SealedLossCode?.Length}")]);
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var db = Portal.OpenDatabase();
            await db.Database.ExecuteSqlRawAsync(sql);
        }

        public async ValueTask DisposeAsync()
        {
            City.Dispose();
            await Portal.DisposeAsync();
        }
    }
}
