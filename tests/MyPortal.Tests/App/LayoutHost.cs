using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.EntityFrameworkCore;
using MyPortal.App;
using MyPortal.Audit;
using MyPortal.Certificates;
using MyPortal.Data;
using MyPortal.Features.Consents.Keeping;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Notices;
using MyPortal.Features.Notices.Public;
using MyPortal.Features.Senders;
using MyPortal.Features.Senders.Public;
using MyPortal.Features.SignIn.Card;
using MyPortal.Features.SignIn.Enrolment;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.App;

/// <summary>The frame alone, without features and without a database, with a few endpoints that misbehave on request.</summary>
internal sealed class LayoutHost : IAsyncDisposable
{
    /// <summary>A request with this header is from the person it names.</summary>
    public const string PersonHeader = "X-Person";

    private readonly WebApplication app;

    private readonly TestDatabase database;
    private readonly DirectoryInfo folder;

    private LayoutHost(WebApplication app, TestDatabase database, DirectoryInfo folder) => (this.app, this.database, this.folder) = (app, database, folder);

    public static async Task<LayoutHost> StartAsync(Action<IServiceCollection>? more = null, string mode = "Sandbox")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(MyPortal.App.App).Assembly.GetName().Name,
            EnvironmentName = "Development",
            ContentRootPath = AppContext.BaseDirectory,
        });
        var data = await TestDatabase.CreateAsync();
        var keys = Directory.CreateTempSubdirectory("myportal-frame-");
        var site = new PortalSite(Enum.Parse<DeploymentMode>(mode), new Uri(mode is "Live" ? "https://localhost" : "http://localhost"));
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<IDbContextFactory<PortalDbContext>>(data);
        builder.Services.AddSingleton(new DataOptions { Folder = keys.FullName });
        builder.Services.AddKeys();
        builder.Services.AddSealing();
        builder.Services.AddAudit();
        builder.Services.AddIdentity(site);
        builder.Services.AddSingleton<EnrolCitizen>();
        builder.Services.AddSingleton<IMailboxCounters, MailboxCounters>();
        builder.Services.AddSingleton<ISenderDirectory, SenderDirectory>();
        builder.Services.AddSingleton<IConsentCounters, ListConsents>();
        builder.Services.AddScoped<MailboxChanges>();
        builder.Services.AddSingleton<People>();
        builder.Services.AddLayout(site);
        builder.Services.AddAuthentication("Header").AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("Header", null);
        builder.Services.AddAuthorization();
        more?.Invoke(builder.Services);

        var built = builder.Build();
        await built.Services.GetRequiredService<CheckKeys>().ExecuteAsync("the database", TestContext.Current.CancellationToken);
        built.UseLayout();
        built.UseAuthentication();
        built.UseAuthorization();
        built.UseFormProtection();
        built.MapLayout();
        built.MapGet("/test/status/{code:int}", (int code) => Results.StatusCode(code));
        built.MapMethods("/test/crash", ["GET", "POST"], string () => throw new InvalidOperationException("planted"));
        built.MapPost("/api/crash", string () => throw new InvalidOperationException("planted"));
        built.MapMethods("/test/write", ["POST", "PUT", "PATCH", "DELETE"], () => "written");
        built.MapPost("/api/write", () => "written");
        built.MapPost("/card/t/write", () => "written");
        built.MapGet("/card/test", () => "seen");
        built.MapRazorComponents<FailingPages>();
        await built.StartAsync(TestContext.Current.CancellationToken);
        return new LayoutHost(built, data, keys);
    }

    /// <summary>A browser that keeps no cookies and follows no redirects, so that tests see every answer.</summary>
    public HttpClient Browser(string? language = null, string? person = null)
    {
        var client = app.GetTestClient();
        if (language is not null)
        {
            client.DefaultRequestHeaders.Add("Cookie", $"{RequestLanguage.CookieName}={language}");
        }

        if (person is not null)
        {
            client.DefaultRequestHeaders.Add(PersonHeader, person);
        }

        return client;
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? language = null, string? person = null) =>
        await Browser(language, person).GetAsync(path, TestContext.Current.CancellationToken);

    public async Task<string> ReadAsync(string path, string? language = null, string? person = null)
    {
        using var answer = await GetAsync(path, language, person);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
        folder.Delete(recursive: true);
    }

    // One account per name, so that a form's token and its post belong to the same person.
    private sealed class People : ConcurrentDictionary<string, CitizenId>;

    private sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, EnrolCitizen enrol, OwnProfile profiles, IDbContextFactory<PortalDbContext> databases)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        private People People => Context.RequestServices.GetRequiredService<People>();

        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var name = Request.Headers[PersonHeader].ToString();
            if (name.Length is 0)
            {
                return AuthenticateResult.NoResult();
            }

            if (!People.TryGetValue(name, out var citizen))
            {
                People[name] = citizen = await EnrolAsync(Uri.UnescapeDataString(name));
            }

            Context.Features.Set(new Viewer(citizen, default, AssuranceLevel.CardWithPin, default));
            var person = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, citizen.ToString())], Scheme.Name);
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(person), Scheme.Name));
        }

        private async Task<CitizenId> EnrolAsync(string name)
        {
            await using var db = await databases.CreateDbContextAsync();
            var citizen = enrol.Add(db, new CardVerificationResult(new string('a', 64), Guid.NewGuid().ToString("N"), DateTimeOffset.MaxValue, new byte[32], Citizen: null, new byte[32], Crockford.Write(RandomSource.System.Bytes(16))));
            await db.SaveChangesAsync();
            await profiles.ChooseNameAsync(new Viewer(citizen, default, AssuranceLevel.CardWithPin, default), name, Context.RequestAborted);
            return citizen;
        }
    }
}
