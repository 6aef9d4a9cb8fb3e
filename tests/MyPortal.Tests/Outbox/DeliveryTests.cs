using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using MyPortal.Outbox;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Security;

namespace MyPortal.Tests.Outbox;

public sealed class DeliveryTests
{
    [Theory, EveryDatabase]
    public async Task A_kept_message_arrives_once_with_its_bytes_and_its_kind_is_told_once(Engine engine)
    {
        await using var fixture = await OutboxFixture.CreateAsync(engine);
        var id = await fixture.QueueAsync("{\"a\":1}");
        var worker = fixture.Worker();

        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(1);
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(0);

        Encoding.UTF8.GetString(fixture.Receiver.Arrived.Single().Body).ShouldBe("{\"a\":1}");
        var message = await fixture.ReadAsync(id);
        message.State.ShouldBe(OutboxState.Delivered);
        message.Lease.ShouldBeNull();
        (message.SealedBody.Length + message.SealedAddress.Length).ShouldBe(0, "what was delivered is not kept");
        await using var db = fixture.OpenDatabase();
        (await TestKind.ToldAsync(db)).ShouldBe(["acknowledged"]);
    }

    [Theory, EveryDatabase]
    public async Task A_message_of_an_act_that_was_not_kept_never_leaves(Engine engine)
    {
        await using var fixture = await OutboxFixture.CreateAsync(engine);
        await using (var db = fixture.OpenDatabase())
        await using (var work = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            fixture.Queue.Add(db, fixture.Order());
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await work.RollbackAsync(TestContext.Current.CancellationToken);
        }

        (await fixture.Worker().ExecuteAsync(CancellationToken.None)).ShouldBe(0);

        fixture.Receiver.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task Address_and_body_wait_sealed()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var message = await fixture.ReadAsync(await fixture.QueueAsync("{\"word\":\"canary\"}"));

        var (body, address) = (OutboxQueue.PlaceOf("Body", message.Id, message.Kind, message.Recipient), OutboxQueue.PlaceOf("Address", message.Id, message.Kind, message.Recipient));
        Encoding.UTF8.GetString(fixture.Seal.Open(message.SealedBody, body)).ShouldBe("{\"word\":\"canary\"}");
        Encoding.UTF8.GetString(fixture.Seal.Open(message.SealedAddress, address)).ShouldBe(fixture.Receiver.Address.AbsoluteUri);
        await using var other = await OutboxFixture.CreateAsync();
        Should.Throw<CryptographicException>(() => other.Seal.Open(message.SealedBody, body), "whoever has another key reads nothing");
        Should.Throw<CryptographicException>(() => other.Seal.Open(message.SealedAddress, address), "whoever has another key reads nothing");
        CanaryScan.Find(message.SealedBody, "canary").ShouldBeEmpty();
        CanaryScan.Find(message.SealedAddress, "127.0.0.1").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_moved_to_another_party_in_the_database_is_not_sent()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var id = await fixture.QueueAsync();
        await using (var db = fixture.OpenDatabase())
        {
            db.Entry(await db.FindAsync<OutboxMessage>([id], TestContext.Current.CancellationToken) ?? throw new InvalidOperationException()).Property(message => message.Recipient).CurrentValue = Guid.NewGuid();
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await fixture.Worker().ExecuteAsync(CancellationToken.None);

        fixture.Receiver.Arrived.ShouldBeEmpty();
        (await fixture.ReadAsync(id)).LastOutcome.ShouldBe("unreadable");
    }

    [Theory, EveryDatabase]
    public async Task The_end_and_what_the_kind_does_about_it_are_kept_together_or_not_at_all(Engine engine)
    {
        await using var fixture = await OutboxFixture.CreateAsync(engine);
        var id = await fixture.QueueAsync();
        fixture.Kind.Fails = true;
        await fixture.Worker().ExecuteAsync(CancellationToken.None);

        var message = await fixture.ReadAsync(id);
        message.State.ShouldBe(OutboxState.Waiting);
        message.LastOutcome.ShouldBe("end-not-kept");
        await using (var db = fixture.OpenDatabase())
        {
            (await TestKind.ToldAsync(db)).ShouldBeEmpty();
        }

        fixture.Kind.Fails = false;
        (await fixture.TryWhenDueAsync(fixture.Worker(), id)).State.ShouldBe(OutboxState.Delivered);
        fixture.Receiver.TimesById[id].ShouldBe(2, "the receiver knows the repetition by its identifier");
    }

    [Fact]
    public async Task A_party_that_does_not_answer_does_not_hold_up_the_others()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        await using var silent = await TestReceiver.StartAsync();
        silent.AnswerWith(StatusCodes.Status503ServiceUnavailable);
        for (var i = 0; i < 50; i++)
        {
            await fixture.QueueAsync(recipient: Guid.Parse("018f0000-0000-7000-8000-000000000002"), address: silent.Address);
        }

        var other = await fixture.QueueAsync();
        var worker = fixture.Worker();
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(9, "eight of the silent party and the other's");

        (await fixture.ReadAsync(other)).State.ShouldBe(OutboxState.Delivered);
        (await worker.ExecuteAsync(CancellationToken.None)).ShouldBe(0, "after a failure the rest of the silent party waits too");
        silent.Arrived.Count.ShouldBe(8);
    }

    [Fact]
    public async Task A_message_of_a_kind_nobody_knows_is_kept()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        var id = await fixture.QueueAsync();

        await fixture.Worker(kinds: []).ExecuteAsync(CancellationToken.None);

        (await fixture.ReadAsync(id)).State.ShouldBe(OutboxState.Waiting);
    }

    [Fact]
    public async Task A_body_too_long_for_any_receiver_is_refused_at_once()
    {
        await using var fixture = await OutboxFixture.CreateAsync();
        await using var db = fixture.OpenDatabase();

        Should.Throw<ArgumentException>(() => fixture.Queue.Add(db, fixture.Order() with { Body = new byte[OutboxQueue.LongestBody + 1] }));
    }
}
