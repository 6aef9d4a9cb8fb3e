namespace MyPortal.JourneyTests.Fixtures;

/// <summary>A page and the way to it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="OpenAsync">Comes there in a language: <c>ja-JP</c>, <c>en</c> or <c>ja-Hira</c>.</param>
/// <param name="Card">Who must be signed in, if anybody.</param>
internal sealed record PageUnderTest(string Name, Func<Visit, string, Task> OpenAsync, string? Card = null)
{
    private const int TooLong = 41;
    private static readonly string[] Languages = ["ja-JP", "en", "ja-Hira"];

    /// <summary>Pages for everybody.</summary>
    public static IReadOnlyList<PageUnderTest> Public { get; } =
    [
        At("home", "/"),
        At("login", "/login"),
        new("card page", (visit, language) => BeginAsync(visit, "/login", language)),
        At("enrolment", "/enrol"),
        new("card page of enrolment", (visit, language) => BeginAsync(visit, "/enrol", language)),
        new("question for the PIN", (visit, language) => AskAsync(visit, "/login", language)),
        new("question for PIN and password", (visit, language) => AskAsync(visit, "/enrol", language)),
        new("question for the PIN, sent empty", (visit, language) => AskAndSendNothingAsync(visit, language)),
        At("refused login", "/login/problem/card.not-enrolled"),
        At("help", "/help"),
        At("unusable request", "/consents/problem"),
        At("unknown address", "/no-such-page"),
    ];

    /// <summary>Pages for whoever is signed in.</summary>
    public static IReadOnlyList<PageUnderTest> Personal { get; } =
    [
        At("own home", "/", Cards.Reader),
        At("own home of a newcomer", "/", Cards.Newcomer),
        At("inbox", "/inbox", Cards.Reader),
        At("empty inbox", "/inbox", Cards.Newcomer),
        At("empty tab of unread notices", "/inbox?tab=unread", Cards.Newcomer),
        new("notice", OpenNoticeAsync, Cards.Reader),
        At("notice that is not there", "/inbox/00000000-0000-7000-8000-000000000000", Cards.Reader),
        At("own information", "/self-info", Cards.Reader),
        At("own information, nothing ticked", "/self-info?problem=self-info.nothing-chosen", Cards.Reader),
        At("own information, erased", "/self-info?done=erased", Cards.Reader),
        new("answers of agencies", AskAgenciesAsync, Cards.Reader),
        At("answers that are gone", "/self-info/results/00000000-0000-4000-8000-000000000000", Cards.Reader),
        new("access log", OpenLogAsync, Cards.Reader),
        At("empty access log", "/access-log", Cards.Newcomer),
        At("access log without the hub", "/access-log?problem=hub.unavailable", Cards.Newcomer),
        new("access log with the hub's record", OpenJoinedLogAsync, Cards.Reader),
        At("access log that is gone", "/access-log/00000000-0000-4000-8000-000000000000", Cards.Reader),
        At("the portal's own records", "/access-log/portal", Cards.Reader),
        At("account", "/account", Cards.Reader),
        At("changed account", "/account?done=name", Cards.Reader),
        new("name that is too long", ChooseTooLongNameAsync, Cards.Reader),
        At("devices", "/account/devices", Cards.Reader),
        At("loss code", "/account/loss-code", Cards.Newcomer),
        At("no requests", "/consents", Cards.Reader),
        At("consents", "/consents?tab=active", Cards.Reader),
        At("no consent that is over", "/consents?tab=over", Cards.Newcomer),
        At("stop all consents", "/consents/stop-all", Cards.Reader),
        At("nothing to stop", "/consents/stop-all", Cards.Newcomer),
        new("consent", (visit, language) => OpenConsentAsync(visit, language, ""), Cards.Reader),
        new("receipt", (visit, language) => OpenConsentAsync(visit, language, "/receipt"), Cards.Reader),
        new("withdrawal", (visit, language) => OpenConsentAsync(visit, language, "/withdraw"), Cards.Reader),
        At("consent that is not there", "/consents/00000000-0000-7000-8000-000000000000", Cards.Reader),
        At("senders", "/senders", Cards.Reader),
        At("no senders", "/senders", Cards.Newcomer),
        new("sender", OpenSenderAsync, Cards.Reader),
        At("proxies", "/proxy", Cards.Reader),
        At("new proxy", "/proxy/new", Cards.Reader),
        At("invitation code", "/proxy/invitations", Cards.Reader),
        At("mandate that is not there", "/proxy/00000000-0000-7000-8000-000000000000", Cards.Reader),
        At("folder that is not there", "/p/00000000-0000-7000-8000-000000000000/inbox", Cards.Reader),
        At("step-up", "/step-up", Cards.Reader),
        At("help", "/help", Cards.Reader),
        At("unknown address", "/no-such-page", Cards.Reader),
    ];

    /// <summary>One page of each kind, and whether it is personal, for checks that take long: by keyboard, with large letters, in own colours.</summary>
    public static TheoryData<string, bool> OfEachKind { get; } =
    [
        .. new[] { "home", "login", "card page", "question for PIN and password", "help" }.Select(name => (name, false)),
        .. new[]
        {
            "own home", "inbox", "notice", "account", "loss code", "own information", "access log", "consents", "consent", "withdrawal",
            "stop all consents", "sender", "proxies", "new proxy", "invitation code",
        }.Select(name => (name, true)),
    ];

    public static TheoryData<string, string> InEveryLanguage(IReadOnlyList<PageUnderTest> places) =>
        [.. from place in places from language in Languages select (place.Name, language)];

    /// <summary>Easy Japanese is Japanese to a screen reader.</summary>
    public static string HtmlLanguageOf(string language) => language is "en" ? "en" : "ja";

    public static PageUnderTest Named(string name, bool isPersonal) => (isPersonal ? Personal : Public).Single(place => place.Name == name);

    /// <summary>Comes there.</summary>
    public async Task<Visit> VisitAsync(RunningProduct product, string language = "ja-JP", Visitor? visitor = null)
    {
        var visit = Card is null ? await product.VisitAsync(visitor) : await product.VisitSignedInAsync(Card, visitor);
        await OpenAsync(visit, language);
        return visit;
    }

    private static PageUnderTest At(string name, string path, string? card = null) => new(name, (visit, language) => visit.GoToAsync(path, language), card);

    private static async Task BeginAsync(Visit visit, string path, string language)
    {
        await visit.GoToAsync("/", language);
        await visit.BeginAtPortalAsync(path);
    }

    private static async Task AskAsync(Visit visit, string path, string language)
    {
        await BeginAsync(visit, path, language);
        await visit.OpenAgentAsync();
    }

    private static async Task AskAndSendNothingAsync(Visit visit, string language)
    {
        await AskAsync(visit, "/login", language);
        await visit.Page.Locator("form button[type='submit']").ClickAsync();
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).WaitForAsync();
    }

    private static async Task OpenNoticeAsync(Visit visit, string language)
    {
        await visit.GoToAsync("/inbox", language);
        await visit.GoToAsync((await visit.Page.Locator("main a[href^='/inbox/']").First.GetAttributeAsync("href"))!);
    }

    private static async Task AskAgenciesAsync(Visit visit, string language)
    {
        await visit.GoToAsync("/self-info", language);
        foreach (var theme in new[] { "tax", "pension" })
        {
            await visit.Page.Locator($"#theme-{theme}").CheckAsync();
        }

        await visit.SubmitOf("/self-info/start").ClickAsync();
        await visit.Page.Locator(".holder-cards").WaitForAsync();
        await Microsoft.Playwright.Assertions.Expect(visit.Page.Locator(".holder-waiting")).ToHaveCountAsync(0);
    }

    private static async Task OpenLogAsync(Visit visit, string language)
    {
        await AskAgenciesAsync(visit, language);
        await visit.GoToAsync("/access-log");
    }

    private static async Task OpenJoinedLogAsync(Visit visit, string language)
    {
        await visit.GoToAsync("/access-log", language);
        await visit.SubmitOf("/access-log/ask").ClickAsync();
        await visit.Page.Locator(".log-use").First.WaitForAsync();
        await Microsoft.Playwright.Assertions.Expect(visit.Page.Locator(".log-coverage a.button")).ToHaveCountAsync(0);
    }

    private static async Task OpenConsentAsync(Visit visit, string language, string part)
    {
        await visit.GoToAsync("/consents?tab=active", language);
        await visit.GoToAsync(await visit.Page.Locator("main .notice-row a").First.GetAttributeAsync("href") + part);
    }

    private static async Task OpenSenderAsync(Visit visit, string language)
    {
        await visit.GoToAsync("/senders", language);
        await visit.GoToAsync((await visit.Page.Locator("main a[href^='/senders/']").Last.GetAttributeAsync("href"))!);
    }

    private static async Task ChooseTooLongNameAsync(Visit visit, string language)
    {
        await visit.GoToAsync("/account/name", language);
        await visit.Page.Locator("input[name='displayName']").FillAsync(new string('あ', TooLong));
        await visit.Page.Locator("main form button").ClickAsync();
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).WaitForAsync();
    }
}
