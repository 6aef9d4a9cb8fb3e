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
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Audit;

public sealed class RecordedActsTests
{
    private const string Ticket = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>Each act, and the records it must leave: <c>event actor outcome</c>; none where a stranger is only counted.</summary>
    private static readonly Dictionary<string, (string[] Records, Func<ActFixture, Task> Act)> Acts = new(StringComparer.Ordinal)
    {
        ["a login begins"] = ([], w => w.Portal.Get<StartCardTransaction>().ExecuteAsync(CardPurpose.Login, "/", default)),
        ["a document is fetched twice"] = ([], async w =>
        {
            var started = await w.Portal.Get<StartCardTransaction>().ExecuteAsync(CardPurpose.Login, "/", default);
            await w.Hanako.Browser.GetAsync("/card/t/" + TransactionSecrets.TicketOf(started.Binding, started.Id));
            await w.Hanako.Browser.GetAsync("/card/t/" + TransactionSecrets.TicketOf(started.Binding, started.Id));
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
        ["the own link is opened"] = (["LinkOpened Citizen ok"], w => w.Portal.Get<HubLinks>().OpenAsync(w.Hanako.Viewer, default)),
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
        await using var fixture = await ActFixture.CreateAsync();
        var before = await fixture.RecordsAsync();

        await Acts[act].Act(fixture);

        var records = (await fixture.RecordsAsync()).ExceptBy(before.Select(record => record.Id), record => record.Id).ToList();
        records.Select(record => $"{record.Event} {record.ActorKind} {record.Outcome}").ShouldBe(Acts[act].Records, ignoreOrder: true);
        records.Where(record => record.ActorKind is ActorKind.Citizen).ShouldAllBe(record => record.ActorId == fixture.Hanako.Citizen.Value && record.Subject == fixture.Hanako.Citizen);
        records.Where(record => record.ActorKind is ActorKind.Sender).ShouldAllBe(record => record.ActorId == fixture.City.Id.Value);
    }

    [Fact]
    public async Task What_cannot_be_recorded_does_not_happen()
    {
        await using var fixture = await ActFixture.CreateAsync();
        var other = await fixture.Portal.SignInAsync(fixture.Hanako.Citizen);
        var before = await fixture.FingerprintAsync();
        await fixture.ExecuteAsync("CREATE TRIGGER no_records BEFORE INSERT ON AccessRecords BEGIN SELECT RAISE(ABORT, 'no'); END");

        using var opened = await fixture.Hanako.Browser.GetAsync($"/inbox/{fixture.Notice}", TestContext.Current.CancellationToken);
        using var posted = await fixture.City.PostAsync(TestSender.Letter(await fixture.City.CodeOfAsync(fixture.Hanako.Citizen)));
        using var token = await fixture.City.AskTokenAsync(TestAssertion.For(fixture.City, fixture.Portal.Clock.GetUtcNow()).SignWith(fixture.City.Key));
        await Should.ThrowAsync<DbUpdateException>(() => fixture.Portal.Get<OwnProfile>().ChooseNameAsync(fixture.Hanako.Viewer, "花子", default));
        await Should.ThrowAsync<DbUpdateException>(() => fixture.Portal.Get<OwnProfile>().KeepLossCodeAsync(fixture.Hanako.Viewer, default));
        await Should.ThrowAsync<DbUpdateException>(() => fixture.Portal.Get<Sessions>().EndAsync(fixture.Hanako.Viewer, other.Viewer.Session, SessionEnd.EndedFromAccount, default));
        await Should.ThrowAsync<DbUpdateException>(() => fixture.Portal.Get<StartCardTransaction>().ExecuteAsync(new CardRequest(CardPurpose.StepUp, "/") { Person = fixture.Hanako.Viewer }, default));

        foreach (var answer in new[] { opened, posted, token })
        {
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.InternalServerError);
        }

        (await fixture.FingerprintAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task What_does_not_happen_is_not_recorded()
    {
        await using var fixture = await ActFixture.CreateAsync();
        var before = await fixture.RecordsAsync();
        await fixture.ExecuteAsync("CREATE TRIGGER no_notices BEFORE INSERT ON Notices BEGIN SELECT RAISE(ABORT, 'no'); END");
        await fixture.ExecuteAsync("CREATE TRIGGER no_reading BEFORE UPDATE ON Mailboxes BEGIN SELECT RAISE(ABORT, 'no'); END");
        await fixture.ExecuteAsync("CREATE TRIGGER no_names BEFORE UPDATE ON Citizens BEGIN SELECT RAISE(ABORT, 'no'); END");

        using var opened = await fixture.Hanako.Browser.GetAsync($"/inbox/{fixture.Notice}", TestContext.Current.CancellationToken);
        using var posted = await fixture.City.PostAsync(TestSender.Letter(await fixture.City.CodeOfAsync(fixture.Hanako.Citizen)));
        await Should.ThrowAsync<DbUpdateException>(() => fixture.Portal.Get<OwnProfile>().ChooseNameAsync(fixture.Hanako.Viewer, "花子", default));

        (await fixture.RecordsAsync()).Select(record => record.Id).ShouldBe(before.Select(record => record.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task A_question_that_cannot_be_recorded_is_not_asked()
    {
        await using var fixture = await ActFixture.CreateAsync();
        var link = (await fixture.Portal.Get<HubLinks>().OpenAsync(fixture.Hanako.Viewer, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        await fixture.Portal.Get<HubDirectory>().ReadAsync(TestContext.Current.CancellationToken);
        await fixture.ExecuteAsync("CREATE TRIGGER no_records BEFORE INSERT ON AccessRecords BEGIN SELECT RAISE(ABORT, 'no'); END");
        fixture.Portal.Hub.Paths.Clear();

        await Should.ThrowAsync<DbUpdateException>(() => AskAsync(fixture, link));
        await Should.ThrowAsync<DbUpdateException>(() => fixture.Portal.Get<HubLinks>().OpenAsync(fixture.Hanako.Viewer, TestContext.Current.CancellationToken));

        fixture.Portal.Hub.Paths.ShouldBeEmpty();
    }

    private static async Task<HolderResponse> AskAsync(ActFixture fixture, HubLink? known = null)
    {
        var link = known ?? (await fixture.Portal.Get<HubLinks>().OpenAsync(fixture.Hanako.Viewer, default)).ShouldNotBeNull();
        var rows = (await fixture.Portal.Get<HubDirectory>().ReadAsync(default)).Value.Matrix.Rows;
        return await fixture.Portal.Get<QueryHolder>().ExecuteAsync(fixture.Hanako.Viewer, new HolderQuery(link.HubCode, link.SubjectTag, rows.Single(row => row.RowId == "city-tax-self"), "own-device"), default);
    }

    /// <summary>A citizen with one unread notice, and the city that sent it.</summary>
    private sealed record ActFixture(TestPortal Portal, SignedIn Hanako, TestSender City, Guid Notice) : IAsyncDisposable
    {
        public static async Task<ActFixture> CreateAsync()
        {
            var portal = await TestPortal.StartAsync();
            var hanako = await portal.SignInAsync();
            var city = await TestSender.SignedInAsync(portal);
            await city.CodeOfAsync(hanako.Citizen);
            return new ActFixture(portal, hanako, city, (await city.SendAsync(hanako.Citizen)).Id);
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
