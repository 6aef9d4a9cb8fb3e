using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Features.Consents;
using MyPortal.Features.Consents.Withdrawing;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Outbox;
using MyPortal.Sealing;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

public sealed class StopManyTests
{
    private const int Many = WithdrawConsents.Batch + 2;
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    [Requirement(113)]
    public async Task However_many_consents_there_are_each_ends_and_its_party_is_told(Engine engine)
    {
        await using var portal = await TestPortal.StartAsync(engine);
        using var midori = await TestBusiness.OpenAsync(portal);
        var citizen = await portal.EnrolAsync();
        var consents = await GrantAsync(portal, citizen, midori.Sender.Id);
        var (kept, ended) = (consents[0], consents.Skip(1).ToList());

        var count = await portal.Get<WithdrawConsents>().AllAsync(new Viewer(citizen, default, AssuranceLevel.CardWithPin, default), new HashSet<Guid> { kept }, Token);

        count.ShouldBe(ended.Count);
        await using var db = portal.OpenDatabase();
        (await db.Set<RecipientCode>().SingleAsync(Token)).ConsentId.Value.ShouldBe(kept);
        (await db.Set<Consent>().CountAsync(consent => consent.State == ConsentState.Withdrawn, Token)).ShouldBe(ended.Count);
        (await db.Set<OutboxMessage>().Select(message => message.Id).ToListAsync(Token)).ShouldBe(ended, ignoreOrder: true);
        (await db.Set<AccessRecord>().CountAsync(record => record.Event == AccessEvent.ConsentWithdrawn && record.Subject == citizen, Token)).ShouldBe(ended.Count);
    }

    private static async Task<IReadOnlyList<Guid>> GrantAsync(TestPortal portal, CitizenId citizen, SenderId sender)
    {
        var now = portal.Clock.Now();
        var consents = new List<Guid>();
        await using var db = portal.OpenDatabase();
        using var key = await portal.Get<CitizenKeys>().OpenAsync(db, citizen, Token);
        for (var i = 0; i < Many; i++)
        {
            var place = new ConsentPlace(ConsentId.New(now), sender, SenderServiceId.New(now));
            var consent = Consent.Ask(place, [], now);
            consent.BelongTo(citizen, [1]);
            consent.Grant(now, now.AddYears(1), key.Seal(new ConsentOutcome(new ReceiptFile(ReceiptFile.CurrentType, [], [])), place, citizen));
            db.Add(consent);
            await portal.Get<RecipientCodes>().GrantAsync(db, key, citizen, place, now.AddYears(1), law: null, isToldOpened: false, Token);
            consents.Add(place.Id.Value);
        }

        await db.SaveChangesAsync(Token);
        return consents;
    }
}
