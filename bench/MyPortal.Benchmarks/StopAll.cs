using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MyPortal.Data;
using MyPortal.Features.Consents;
using MyPortal.Features.Consents.Withdrawing;
using MyPortal.Features.Senders;
using MyPortal.Features.Senders.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Benchmarks;

/// <summary>The second half of workload B10: one citizen ends 1,000 consents towards 100 parties at once, and the running portal tells them all.</summary>
internal sealed class StopAll(SeededPortal seeded)
{
    public const int Consents = 1000;
    public const int Parties = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>How long the withdrawal took until it was in force, and until every party had heard of every consent.</summary>
    public async Task<(TimeSpan InForce, TimeSpan Told)> MeasureAsync()
    {
        var told = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await using var receiver = Receiver(told);
        await receiver.StartAsync();
        var citizen = await GrantAsync(new Uri(receiver.Urls.Single()));
        var viewer = new Viewer(citizen, default, AssuranceLevel.CardWithPin, default);
        var clock = Stopwatch.StartNew();
        var ended = await seeded.Get<WithdrawConsents>().AllAsync(viewer, new HashSet<Guid>(), CancellationToken.None);
        var inForce = clock.Elapsed;
        while (told.Count < Consents && clock.Elapsed < Patience)
        {
            await Task.Delay(20);
        }

        return ended is Consents && told.Count is Consents
            ? (inForce, clock.Elapsed)
            : throw new InvalidOperationException($"{ended} of {Consents} consents ended, and {told.Count} messages arrived within {Patience}.");
    }

    private static WebApplication Receiver(ConcurrentDictionary<string, bool> told)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(server => server.Listen(IPAddress.Loopback, 0));
        var receiver = builder.Build();
        receiver.MapPost("/{party}", (HttpRequest request) =>
        {
            told[request.Headers["Idempotency-Key"].ToString()] = true;
            return Results.NoContent();
        });
        return receiver;
    }

    private async Task<CitizenId> GrantAsync(Uri receiver)
    {
        var citizen = await seeded.EnrolAsync();
        for (var party = 0; party < Parties; party++)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var name = $"bench-party-{party}";
            var asking = new ConsentRequester("1234567890123", "計測", ["https://bench.example/return"], new Uri(receiver, $"/{party}").AbsoluteUri);
            var sender = await seeded.RegisterAsync(name, key.ExportSubjectPublicKeyInfo(), asking);
            await using var db = seeded.OpenDatabase();
            using var dataKey = await seeded.Get<CitizenKeys>().OpenAsync(db, citizen, CancellationToken.None);
            for (var i = 0; i < Consents / Parties; i++)
            {
                await GrantAsync(db, dataKey, citizen, sender.Id);
            }

            await db.SaveChangesAsync();
        }

        return citizen;
    }

    private async Task GrantAsync(PortalDbContext db, SealingKey key, CitizenId citizen, SenderId sender)
    {
        var now = DateTimeOffset.UtcNow.CutToMilliseconds();
        var service = SenderService.Open(SenderServiceId.New(now), sender, new ServiceApplication("計測", ServiceBasis.Consent, "計測", []));
        var place = new ConsentPlace(ConsentId.New(now), sender, service.Id);
        var consent = Consent.Ask(place, [], now);
        consent.BelongTo(citizen, key.Seal(RandomNumberGenerator.GetBytes(600), ConsentSeals.RequestPlace(place, citizen)));
        consent.Grant(now, now.AddYears(1), key.Seal(new ConsentOutcome(new("receipt", RandomNumberGenerator.GetBytes(900), RandomNumberGenerator.GetBytes(64))), place, citizen));
        db.Add(service);
        db.Add(consent);
        await seeded.Get<RecipientCodes>().GrantAsync(db, key, citizen, place, now.AddYears(1), law: null, isToldOpened: false, CancellationToken.None);
    }
}
