using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MyPortal.Audit;
using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;
using MyPortal.Data;
using MyPortal.Features.Consents.Public;
using MyPortal.Features.Senders;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Outbox;

namespace MyPortal.Tests.Features.Senders.Webhooks;

public sealed class WebhookTests
{
    [Theory, EveryDatabase]
    public async Task A_sender_is_told_that_its_notice_was_delivered_and_not_that_it_was_opened(Engine engine)
    {
        await using var portal = await StartAsync(engine);
        await using var receiver = await TestReceiver.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        await portal.Get<ISenderWebhooks>().RegisterAsync(city.Id, receiver.Address.AbsoluteUri, CancellationToken.None);
        var hanako = await portal.SignInAsync(await portal.EnrolAsync("花子"));

        var sent = await city.SendAsync(hanako.Citizen);
        (await hanako.Browser.GetAsync($"/inbox/{sent.Id}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await EverythingSentAsync(portal);

        var told = EventsAt(receiver).ShouldHaveSingleItem();
        told.Type.ShouldBe(SenderEventTypes.NoticeDelivered);
        told.Subject.ShouldBe($"/api/v1/notices/{sent.Id:D}");
        told.Data.ShouldBe(sent);
        told.Source.ShouldBe("http://localhost:5080");
    }

    [Theory, EveryDatabase]
    public async Task Where_the_citizen_lets_the_sender_know_the_first_opening_is_told_once_and_recorded(Engine engine)
    {
        await using var portal = await StartAsync(engine, new ToldOnlyTo());
        await using var receiver = await TestReceiver.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        portal.Get<ToldOnlyTo>().Sender = city.Id;
        await portal.Get<ISenderWebhooks>().RegisterAsync(city.Id, receiver.Address.AbsoluteUri, CancellationToken.None);
        var hanako = await portal.SignInAsync(await portal.EnrolAsync("花子"));
        var sent = await city.SendAsync(hanako.Citizen);
        portal.Clock.Advance(TimeSpan.FromMinutes(5));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => hanako.Browser.GetAsync($"/inbox/{sent.Id}", TestContext.Current.CancellationToken)));
        await EverythingSentAsync(portal);

        var opened = EventsAt(receiver).Where(told => told.Type is SenderEventTypes.NoticeOpened).ShouldHaveSingleItem();
        opened.Time.ShouldBe(portal.Clock.GetUtcNow());
        DateTimeOffset.Parse(opened.Data.Opened, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(portal.Clock.GetUtcNow());
        await using var db = portal.OpenDatabase();
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.OpeningTold && record.Subject == hanako.Citizen, TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task A_sender_without_a_webhook_is_told_nothing_and_its_notice_arrives()
    {
        await using var portal = await StartAsync();
        using var city = await TestSender.SignedInAsync(portal);

        await city.SendAsync(await portal.EnrolAsync("花子"));

        await using var db = portal.OpenDatabase();
        (await db.Set<OutboxMessage>().AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_receiver_that_says_gone_stops_its_webhook_until_it_is_registered_again()
    {
        await using var portal = await StartAsync();
        await using var receiver = await TestReceiver.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var webhooks = portal.Get<ISenderWebhooks>();
        await webhooks.RegisterAsync(city.Id, receiver.Address.AbsoluteUri, CancellationToken.None);
        var citizen = await portal.EnrolAsync("花子");
        receiver.AnswerWith(StatusCodes.Status410Gone);

        await city.SendAsync(citizen);
        await EverythingSentAsync(portal);
        (await webhooks.FindAsync(city.Id, CancellationToken.None))!.StoppedAt.ShouldNotBeNull();
        await city.SendAsync(citizen);
        await EverythingSentAsync(portal);
        receiver.Arrived.Count.ShouldBe(1);

        receiver.AnswerWith(StatusCodes.Status204NoContent);
        await webhooks.RegisterAsync(city.Id, receiver.Address.AbsoluteUri, CancellationToken.None);
        await city.SendAsync(citizen);
        await EverythingSentAsync(portal);
        receiver.Arrived.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_removed_webhook_gets_nothing_more()
    {
        await using var portal = await StartAsync();
        await using var receiver = await TestReceiver.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        var webhooks = portal.Get<ISenderWebhooks>();
        await webhooks.RegisterAsync(city.Id, receiver.Address.AbsoluteUri, CancellationToken.None);

        await webhooks.RemoveAsync(city.Id, CancellationToken.None);

        (await webhooks.FindAsync(city.Id, CancellationToken.None)).ShouldBeNull();
        await using var db = portal.OpenDatabase();
        (await webhooks.LiveAddressAsync(db, city.Id, CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData("http://sender.example/events"), InlineData("https://10.0.0.1/"), InlineData("events"), InlineData("https://user@sender.example/"), InlineData("https://１２７.0.0.1/"), InlineData("https://sender２.example/")]
    public async Task An_address_that_may_not_be_called_is_refused_and_recorded(string address)
    {
        await using var portal = await TestPortal.StartAsync(configure: web => web.UseSetting("Outbox:AllowLocalAddresses", "false"));
        using var city = await TestSender.RegisterAsync(portal);

        var refused = await portal.Get<ISenderWebhooks>().RegisterAsync(city.Id, address, CancellationToken.None);

        refused.Error.ShouldBe(SenderErrors.WebhookAddressRefused);
        (await portal.Get<ISenderWebhooks>().FindAsync(city.Id, CancellationToken.None)).ShouldBeNull();
        await using var db = portal.OpenDatabase();
        (await db.Set<AccessRecord>().SingleAsync(record => record.Event == AccessEvent.SenderWebhookChanged, TestContext.Current.CancellationToken)).Outcome.ShouldBe("webhook.address-refused");
    }

    [Fact]
    [Requirement(44)]
    public async Task No_event_names_the_person_or_a_word_of_the_notice()
    {
        await using var portal = await StartAsync(Engine.Sqlite, new ToldOnlyTo());
        await using var receiver = await TestReceiver.StartAsync();
        using var city = await TestSender.SignedInAsync(portal);
        portal.Get<ToldOnlyTo>().Sender = city.Id;
        await portal.Get<ISenderWebhooks>().RegisterAsync(city.Id, receiver.Address.AbsoluteUri, CancellationToken.None);
        var hanako = await portal.SignInAsync(await portal.EnrolAsync("カナリア花子"));
        var sent = await city.SendAsync(hanako.Citizen, "canarytitle", "canarybody");
        (await hanako.Browser.GetAsync($"/inbox/{sent.Id}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await EverythingSentAsync(portal);

        receiver.Arrived.Count.ShouldBe(2);
        var code = await city.CodeOfAsync(hanako.Citizen);
        foreach (var text in receiver.Arrived.Select(message => System.Text.Encoding.UTF8.GetString(message.Body)))
        {
            text.ShouldNotContain("canary");
            text.ShouldNotContain(code);
            text.ShouldNotContain(hanako.Citizen.ToString());
            text.ShouldNotContain("カナリア");
        }
    }

    private static Task<TestPortal> StartAsync(Engine engine = Engine.Sqlite, ToldOnlyTo? disclosure = null) => TestPortal.StartAsync(engine, web => web
        .UseSetting("Outbox:AllowLocalAddresses", "true")
        .ConfigureTestServices(services =>
        {
            if (disclosure is not null)
            {
                services.AddSingleton(disclosure).Replace(ServiceDescriptor.Singleton<IReadingDisclosure>(disclosure));
            }
        }));

    /// <summary>The worker of the portal runs too; whoever takes a message, it is over when none waits.</summary>
    private static Task EverythingSentAsync(TestPortal portal) => Wait.UntilAsync(async () =>
    {
        await portal.Get<DeliverOutbox>().ExecuteAsync(CancellationToken.None);
        return (await portal.Get<DeadLetters>().StandingAsync(CancellationToken.None)).Waiting is 0;
    });

    private static IReadOnlyList<SenderEvent> EventsAt(TestReceiver receiver) =>
        [.. receiver.Arrived.Select(message => JsonSerializer.Deserialize<SenderEvent>(message.Body, ContractJson.Options)!)];

    /// <summary>A citizen's choice as the consents will keep it.</summary>
    private sealed class ToldOnlyTo : IReadingDisclosure
    {
        public SenderId Sender { get; set; }

        public Task<bool> MayTellAsync(PortalDbContext db, CitizenId owner, SenderId sender, SenderServiceId service, CancellationToken cancellationToken) => Task.FromResult(sender == Sender);
    }
}
