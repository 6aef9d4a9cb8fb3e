using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MyPortal.App;

namespace MyPortal.Tests.App;

/// <summary>The frame alone, without features and without a database, with a few endpoints that misbehave on request.</summary>
internal sealed class FrameHost : IAsyncDisposable
{
    /// <summary>A request with this header is from the person it names.</summary>
    public const string PersonHeader = "X-Person";

    private readonly WebApplication app;

    private FrameHost(WebApplication app) => this.app = app;

    public static async Task<FrameHost> StartAsync(Action<IServiceCollection>? more = null, string world = "Sandbox")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(MyPortal.App.App).Assembly.GetName().Name,
            EnvironmentName = "Development",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection([new("World", world)]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddFrame(builder.Configuration);
        builder.Services.AddAuthentication("Header").AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("Header", null);
        builder.Services.AddAuthorization();
        more?.Invoke(builder.Services);

        var built = builder.Build();
        built.UseFrame();
        built.UseAuthentication();
        built.UseAuthorization();
        built.UseFormProtection();
        built.MapFrame();
        built.MapGet("/test/status/{code:int}", (int code) => Results.StatusCode(code));
        built.MapMethods("/test/crash", ["GET", "POST"], string () => throw new InvalidOperationException("planted"));
        built.MapPost("/api/crash", string () => throw new InvalidOperationException("planted"));
        built.MapMethods("/test/write", ["POST", "PUT", "PATCH", "DELETE"], () => "written");
        built.MapPost("/api/write", () => "written");
        built.MapPost("/card/t/write", () => "written");
        built.MapGet("/card/test", () => "seen");
        await built.StartAsync(TestContext.Current.CancellationToken);
        return new FrameHost(built);
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

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var name = Request.Headers[PersonHeader].ToString();
            if (name.Length is 0)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var person = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "1"), new(ClaimTypes.Name, Uri.UnescapeDataString(name))], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(person), Scheme.Name)));
        }
    }
}
