using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.App;
using MyPortal.Audit;
using MyPortal.Certificates;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Features.Consents;
using MyPortal.Features.Senders;
using MyPortal.Features.Senders.Public;
using MyPortal.Features.SignIn;
using MyPortal.Features.SignIn.Card;
using MyPortal.Features.SignIn.Enrolment;
using MyPortal.Identity;
using MyPortal.Jpki;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Sealing;

namespace MyPortal.Benchmarks;

/// <summary>The portal's database and keys, opened beside the running portal to prepare a load and to look at its end. Its workers do not run here.</summary>
internal sealed class PortalWorld : IAsyncDisposable
{
    private const string ClientId = "bench-sender";
    private readonly WebApplication services;
    private readonly PortalSite site;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private PortalWorld(WebApplication services, PortalSite site) => (this.services, this.site) = (services, site);

    public SenderId Sender { get; private set; }

    /// <summary>One recipient code for each citizen.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public static async Task<PortalWorld> CreateAsync(IReadOnlyList<string> arguments, int citizens)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. arguments], ContentRootPath = AppContext.BaseDirectory });
        var handout = builder.Configuration.AddHandout();
        var here = PortalSite.From(builder.Configuration);
        builder.AddData();
        builder.Services.AddKeys();
        builder.Services.AddSealing();
        builder.Services.AddAudit();
        builder.Services.AddIdentity(here);
        builder.Services.AddJpki(builder.Configuration, here, handout);
        builder.Services.AddOutbox(builder.Configuration, here);
        builder.Services.AddSignIn(builder.Configuration);
        builder.Services.AddSenders(here);
        builder.Services.AddConsents();
        builder.Services.AddSingleton(here);
        builder.Services.AddSingleton(TimeProvider.System);
        var world = new PortalWorld(builder.Build(), here);
        await world.FillAsync(citizens);
        return world;
    }

    public T Get<T>()
        where T : notnull => services.Services.GetRequiredService<T>();

    public PortalDbContext OpenDatabase() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    /// <summary>The access token of the sender at a running portal.</summary>
    public async Task<string> TokenAsync(HttpClient http)
    {
        var header = Base64(new { alg = "ES256", typ = "JWT" });
        var claims = Base64(new { iss = ClientId, sub = ClientId, aud = $"{site.OriginText}/api/v1/token", jti = Guid.NewGuid().ToString("N"), exp = DateTimeOffset.UtcNow.AddMinutes(4).ToUnixTimeSeconds() });
        var signature = System.Buffers.Text.Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = $"{header}.{claims}.{signature}",
        });
        using var answer = await http.PostAsync(new Uri("/api/v1/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<TokenAnswer>(ContractJson.Options))!.AccessToken;
    }

    public async ValueTask DisposeAsync()
    {
        key.Dispose();
        await services.DisposeAsync();
    }

    private async Task FillAsync(int citizens)
    {
        await services.Services.MigrateAsync(CancellationToken.None);
        var registered = await Get<ISenderRegister>().RegisterAsync(new SenderRegistration(ClientId, "計測", IsPublic: true, "計測", key.ExportSubjectPublicKeyInfo()), CancellationToken.None);
        Sender = registered.Id;
        var codes = new List<string>();
        for (var i = 0; i < citizens; i++)
        {
            CitizenId citizen;
            await using (var db = OpenDatabase())
            {
                var serial = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
                citizen = Get<EnrolCitizen>().Add(db, new VisitResult(new string('b', 64), serial, DateTimeOffset.UtcNow.AddYears(4).CutToMilliseconds(), RandomNumberGenerator.GetBytes(32), Citizen: null, SubjectTag.Of("19850401", "2")));
                await db.SaveChangesAsync();
            }

            codes.Add(await CodeOfAsync(citizen, registered));
        }

        Codes = codes;
    }

    // Granted behind the scenes: the way over the pages is not what is measured.
    private async Task<string> CodeOfAsync(CitizenId citizen, RegisteredSender sender)
    {
        await using var db = OpenDatabase();
        using var dataKey = await Get<CitizenKeys>().OpenAsync(db, citizen, CancellationToken.None);
        var place = new ConsentPlace(ConsentId.New(DateTimeOffset.UtcNow.CutToMilliseconds()), sender.Id, sender.Service);
        var code = await Get<RecipientCodes>().GrantAsync(db, dataKey, citizen, place, endsAt: null, law: "計測", isToldOpened: false, CancellationToken.None);
        await db.SaveChangesAsync();
        return code;
    }

    private static string Base64(object value) => System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
