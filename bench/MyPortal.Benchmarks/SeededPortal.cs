using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Jpki;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Sealing;
using MyPortal.Web;

namespace MyPortal.Benchmarks;

/// <summary>The portal's database and keys, opened beside the running portal to prepare a load and to look at its end. Its workers do not run here.</summary>
internal sealed class SeededPortal : IAsyncDisposable
{
    private const string ClientId = "bench-sender";
    private readonly WebApplication services;
    private readonly PortalSite site;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private SeededPortal(WebApplication services, PortalSite site) => (this.services, this.site) = (services, site);

    /// <summary>The sender whose notices are posted and shown.</summary>
    public RegisteredSender Sender { get; private set; } = new(default, default);

    /// <summary>One recipient code for each citizen of <see cref="PopulateAsync"/>.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public static async Task<SeededPortal> CreateAsync(IReadOnlyList<string> arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. arguments], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        var trustBundle = builder.Configuration.AddTrustBundle();
        var here = PortalSite.From(builder.Configuration);
        builder.AddData();
        builder.Services.AddKeys();
        builder.Services.AddSealing();
        builder.Services.AddAudit();
        builder.Services.AddIdentity(here);
        builder.Services.AddJpki(builder.Configuration, here, trustBundle);
        builder.Services.AddHub(builder.Configuration, here, trustBundle);
        builder.Services.AddOutbox(builder.Configuration, here);
        builder.Services.AddSignIn(builder.Configuration);
        builder.Services.AddSenders(here);
        builder.Services.AddConsents();
        builder.Services.AddSingleton(here);
        builder.Services.AddSingleton(TimeProvider.System);
        var seeded = new SeededPortal(builder.Build(), here);
        await seeded.services.Services.PrepareAsync(CancellationToken.None);
        seeded.Sender = await seeded.RegisterAsync(ClientId, seeded.key.ExportSubjectPublicKeyInfo());
        return seeded;
    }

    public T Get<T>()
        where T : notnull => services.Services.GetRequiredService<T>();

    public PortalDbContext OpenDatabase() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    /// <summary>Registers a sender with one service.</summary>
    public Task<RegisteredSender> RegisterAsync(string clientId, byte[] publicKey, ConsentRequester? asking = null) =>
        Get<ISenderRegister>().RegisterAsync(new SenderRegistration(clientId, "計測", IsPublic: true, "計測", publicKey) { Requester = asking }, CancellationToken.None);

    /// <summary>Enrols citizens to whom the sender may write, unless that has been done.</summary>
    public async Task PopulateAsync(int citizens)
    {
        var codes = new List<string>(Codes);
        while (codes.Count < citizens)
        {
            codes.Add(await CodeOfAsync(await EnrolAsync()));
        }

        Codes = codes;
    }

    /// <summary>Enrols somebody behind the scenes.</summary>
    /// <param name="subjectTag">The person's subject tag; some tag when nobody looks at it.</param>
    /// <param name="hubCode">The portal's own code of the person; a random one when the hub is not asked about the person.</param>
    public async Task<CitizenId> EnrolAsync(byte[]? subjectTag = null, string? hubCode = null)
    {
        await using var db = OpenDatabase();
        var visit = new CardVerificationResult(
            new string('b', 64),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            DateTimeOffset.UtcNow.AddYears(4).CutToMilliseconds(),
            RandomNumberGenerator.GetBytes(32),
            Citizen: null,
            subjectTag ?? SubjectTag.Of("19850401", "2"),
            hubCode ?? Crockford.Write(RandomNumberGenerator.GetBytes(16)));
        var citizen = Get<EnrolCitizen>().Add(db, visit);
        await db.SaveChangesAsync();
        return citizen;
    }

    /// <summary>Signs a citizen in and returns what the browser would send as its cookie.</summary>
    public async Task<string> SignInAsync(PortalDbContext db, CitizenId citizen)
    {
        var basis = new SessionBasis(AssuranceLevel.CardWithPin, LoginEvidence.CardPin, TerminalClass.OwnDevice, "Linux / Chrome");
        return $"{site.CookieName(Sessions.CookieName)}={(await Get<Sessions>().BeginAsync(db, citizen, basis, CancellationToken.None)).Token}";
    }

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

    // Granted behind the scenes: the way over the pages is not what is measured.
    private async Task<string> CodeOfAsync(CitizenId citizen)
    {
        await using var db = OpenDatabase();
        using var dataKey = await Get<CitizenKeys>().OpenAsync(db, citizen, CancellationToken.None);
        var place = new ConsentPlace(ConsentId.New(DateTimeOffset.UtcNow.CutToMilliseconds()), Sender.Id, Sender.Service);
        var code = await Get<RecipientCodes>().GrantAsync(db, dataKey, citizen, place, endsAt: null, law: "計測", isToldOpened: false, CancellationToken.None);
        await db.SaveChangesAsync();
        return code;
    }

    private static string Base64(object value) => System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
