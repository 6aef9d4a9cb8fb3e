using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MyPortal.Audit;
using MyPortal.Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Data;
using MyPortal.Features.SignIn.Card;
using MyPortal.Features.SignIn.Enrolment;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Jpki;
using MyPortal.Jpki.Revocation;
using MyPortal.Kernel;
using MyPortal.Tests.Features.SignIn.Card;

namespace MyPortal.Tests.Fixtures;

/// <summary>A citizen who has enrolled and is signed in, with the client of the browser.</summary>
internal sealed record SignedIn(CitizenId Citizen, HttpClient Browser, Viewer Viewer);

/// <summary>The whole portal in this process on a database of its own, with a clock that the test moves and an issuer that it can silence.</summary>
internal sealed class TestPortal : WebApplicationFactory<PortalSite>
{
    // A machine that is busy with other tests must not look like an issuer that fell silent; the settings take no longer time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Host and port of <c>Portal:Origin</c>.</summary>
    public const string Host = "localhost:5080";

    private readonly TestDatabase database;
    private readonly TestIssuer issuer;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-portal-");

    private readonly Action<IWebHostBuilder>? configure;

    // Uses the database of another one, which removes it.
    private bool isGuest;

    private TestPortal(TestDatabase database, TestIssuer issuer, Action<IWebHostBuilder>? configure)
    {
        this.database = database;
        this.issuer = issuer;
        this.configure = configure;
        Issuer = new IssuerMessageHandler(issuer, Clock);
        Hub = new TestHub(issuer.Hub, Clock);
    }

    public TestClock Clock { get; } = new();

    /// <summary>Sees that nobody waits for a second connection; what it found fails the test when the portal ends.</summary>
    public ConnectionGuard Connections { get; } = new();

    public TestDatabase Database => database;

    public IssuerMessageHandler Issuer { get; }

    /// <summary>The linkage hub and the holders behind it.</summary>
    public TestHub Hub { get; }

    /// <summary>Where keys lie.</summary>
    public string Folder => folder.FullName;

    public Sandbox.CertificateAuthority.IssuingAuthority Authority => issuer.Authority;

    /// <summary>Starts a portal that differs in what a test configures.</summary>
    public static async Task<TestPortal> StartAsync(Engine engine = Engine.Sqlite, Action<IWebHostBuilder>? configure = null)
    {
        var portal = new TestPortal(await TestDatabase.CreateAsync(engine), await TestIssuer.FoundedAsync(), configure);
        portal.ClientOptions.BaseAddress = new Uri("http://localhost:5080");
        portal.Server.PreserveExecutionContext = true;
        return portal;
    }

    /// <summary>Starts a portal on a restored database with restored keys.</summary>
    public static async Task<TestPortal> StartRestoredAsync(TestDatabase database, string keys, Action<IWebHostBuilder>? configure = null)
    {
        var portal = new TestPortal(database, await TestIssuer.FoundedAsync(), configure);
        var place = Path.Combine(portal.Folder, "keys");
        PrivateFolder.Create(place);
        foreach (var file in Directory.EnumerateFiles(keys))
        {
            File.Copy(file, Path.Combine(place, Path.GetFileName(file)));
        }

        portal.ClientOptions.BaseAddress = new Uri("http://localhost:5080");
        portal.Server.PreserveExecutionContext = true;
        return portal;
    }

    /// <summary>Starts a second process of the same installation: same database, same keys, same mode, memory of its own.</summary>
    public static Task<TestPortal> StartBesideAsync(TestPortal first)
    {
        _ = first.Services;
        var portal = new TestPortal(first.database, first.issuer, web => web.UseSetting("Data:Folder", first.Folder)) { isGuest = true };
        portal.ClientOptions.BaseAddress = new Uri("http://localhost:5080");
        portal.Server.PreserveExecutionContext = true;
        return Task.FromResult(portal);
    }

    /// <summary>The browser of somebody who signed in at another process of the same installation.</summary>
    public HttpClient SameBrowser(SignedIn who)
    {
        var browser = Browser();
        browser.DefaultRequestHeaders.Add("Cookie", who.Browser.DefaultRequestHeaders.GetValues("Cookie"));
        return browser;
    }

    /// <summary>Starts a portal whose workers stand still: it prepares data for portals in processes of their own and looks at it afterwards.</summary>
    public static Task<TestPortal> StartStillAsync(Engine engine) => StartAsync(engine, web => web
        .UseSetting("Outbox:AllowLocalAddresses", "true")
        .ConfigureTestServices(services =>
        {
            foreach (var worker in services.Where(service => service.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService) && service.ImplementationType?.Assembly == typeof(PortalSite).Assembly).ToList())
            {
                services.Remove(worker);
            }
        }));

    /// <summary>Starts a portal on a real socket, for what only the web server itself refuses.</summary>
    public static async Task<TestPortal> StartOnSocketAsync(Action<IWebHostBuilder>? configure = null)
    {
        var portal = new TestPortal(await TestDatabase.CreateAsync(), await TestIssuer.FoundedAsync(), configure);
        portal.UseKestrel(server => server.Listen(System.Net.IPAddress.Loopback, 0));
        portal.StartServer();
        return portal;
    }

    /// <summary>The same database, keys and mode as settings for a portal in a process of its own.</summary>
    public IReadOnlyList<string> Settings =>
    [
        "--Deployment:Mode=Sandbox", $"--TrustBundle={issuer.TrustBundle}", "--Portal:Origin=http://localhost:5080", $"--Data:Provider={database.Engine}",
        $"--Data:ConnectionString={database.ConnectionString}", "--Data:MigrateAtStart=false", $"--Data:Folder={folder.FullName}",
    ];

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Lets every cleaner run, as the portal does every few minutes.</summary>
    public Task CleanAsync() => Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<CleanTables>().Single().CleanAsync(CancellationToken.None);

    public PortalDbContext OpenDatabase() => database.CreateDbContext();

    /// <summary>Seals the access records that wait, and anchors their end.</summary>
    public async Task SealRecordsAsync()
    {
        await using var db = OpenDatabase();
        while (await db.Set<AccessRecord>().AnyAsync(record => record.Sequence == null))
        {
            await Get<SealAccessRecords>().ExecuteAsync(CancellationToken.None);
        }

        await Get<AnchorAccessRecords>().ExecuteAsync(CancellationToken.None);
    }

    /// <summary>What callers whom nobody knows tried so far: one word for each try, in the order of the alphabet.</summary>
    public async Task<IReadOnlyList<string>> UnknownCallersAsync()
    {
        await Get<StoreUnknownCallers>().ExecuteAsync(CancellationToken.None);
        await using var db = OpenDatabase();
        var counts = await db.Set<UnknownCallerCount>().AsNoTracking().ToListAsync();
        return [.. counts.SelectMany(count => Enumerable.Repeat(count.What, (int)count.Count)).Order(StringComparer.Ordinal)];
    }

    /// <summary>A browser that keeps cookies; it follows redirects only when asked to, so that tests see every answer.</summary>
    public HttpClient Browser(bool followsRedirects = false) =>
        CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = followsRedirects, BaseAddress = ClientOptions.BaseAddress });

    /// <summary>Enrols a new citizen behind the scenes.</summary>
    /// <param name="name">Display name.</param>
    /// <param name="cast">Somebody of the sandbox's cast, for example <c>hanako</c>: then hub and holders know the citizen. Null for nobody they know.</param>
    public async Task<CitizenId> EnrolAsync(string? name = null, string? cast = null)
    {
        var (tag, code) = cast is null ? (SubjectTag.Of("19850401", "2"), Crockford.Write(RandomSource.System.Bytes(16))) : await LinkAsync(cast);
        await using var db = OpenDatabase();
        var serial = Convert.ToHexStringLower(RandomSource.System.Bytes(8));
        var citizen = Get<EnrolCitizen>().Add(db, new CardVerificationResult(new string('a', 64), serial, Clock.Now().AddYears(4), RandomSource.System.Bytes(32), Citizen: null, tag, code));
        await db.SaveChangesAsync();
        if (name is not null)
        {
            await Get<OwnProfile>().ChooseNameAsync(new Viewer(citizen, default, AssuranceLevel.CardWithPin, default), name, CancellationToken.None);
        }

        return citizen;
    }

    /// <summary>Signs a citizen in behind the scenes, at any level.</summary>
    public async Task<SignedIn> SignInAsync(CitizenId? who = null, AssuranceLevel level = AssuranceLevel.CardWithPin, bool followsRedirects = false)
    {
        var citizen = who ?? await EnrolAsync();
        string token;
        await using (var db = OpenDatabase())
        {
            token = (await Get<Sessions>().BeginAsync(db, citizen, new SessionBasis(level, LoginEvidence.CardPin, TerminalClass.OwnDevice, "Linux / Chrome"), CancellationToken.None)).Token;
            await db.SaveChangesAsync();
        }

        var browser = Browser(followsRedirects);
        browser.DefaultRequestHeaders.Add("Cookie", $"{Sessions.CookieName}={token}");
        return new SignedIn(citizen, browser, (await Get<Sessions>().FindAsync(token, CancellationToken.None))!);
    }

    /// <summary>On a socket, too, clients ask for the host that the portal answers to.</summary>
    protected override void ConfigureClient(HttpClient client)
    {
        base.ConfigureClient(client);
        client.DefaultRequestHeaders.Host = Host;
    }

    /// <summary>The port of a portal on a socket.</summary>
    public int Port => new Uri(Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features
        .GetRequiredFeature<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>().Addresses.First()).Port;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Hub.DisposeAsync();
        if (!isGuest)
        {
            await database.DisposeAsync();
        }

        folder.Delete(recursive: true);
        Connections.Verify();
    }

    /// <summary>Gets the portal's own code of somebody as an enrolment does, with the person's card.</summary>
    private async Task<(byte[] Tag, string Code)> LinkAsync(string cast)
    {
        var card = await TestCard.OfCastAsync(cast);
        var attributes = TestCard.AttributesOf(cast);
        var document = (await Get<PairwiseIdentifier>().PrepareAsync(CancellationToken.None)).Value;
        var code = await Get<PairwiseIdentifier>().FetchAsync(document, card.Sign(CertificateKind.Authentication, document).Cms, CancellationToken.None);
        return (SubjectTag.Of(attributes.BirthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture), attributes.Sex.ToString(CultureInfo.InvariantCulture)), code.Value);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        ConfigureWorld(builder);
        configure?.Invoke(builder);
    }

    private void ConfigureWorld(IWebHostBuilder builder) => builder
        .UseEnvironment("Development")
        .UseSetting("Deployment:Mode", "Sandbox")
        .UseSetting("TrustBundle", issuer.TrustBundle)
        .UseSetting("Portal:Origin", "http://localhost:5080")
        .UseSetting("Data:Provider", database.Engine.ToString())
        .UseSetting("Data:ConnectionString", database.ConnectionString)
        .UseSetting("Data:MigrateAtStart", "false")
        .UseSetting("Data:Folder", folder.FullName)
        .UseSetting("Jpki:Ocsp:Timeout", Patience.ToString())
        .UseSetting("Hub:Deadline", Patience.ToString())
        .ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            Connections.Watch(services);
            services.AddHttpClient<IRevocationSource, OcspRevocation>().ConfigurePrimaryHttpMessageHandler(() => Issuer);
            services.AddHttpClient<ICertificateLinkage, CertificateLinkage>().ConfigurePrimaryHttpMessageHandler(() => Issuer).ConfigureHttpClient(http => http.Timeout = Patience);
            services.AddHttpClient<HubClient>().ConfigurePrimaryHttpMessageHandler(provider => Hub.LineFor(provider.GetRequiredService<OrganisationKeys>()));
        });
}
