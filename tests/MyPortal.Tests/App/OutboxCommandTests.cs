using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using MyPortal.App;
using MyPortal.Features.Senders.Webhooks;
using MyPortal.Outbox;
using MyPortal.Tests.Fixtures;
using MyPortal.Tests.Outbox;

namespace MyPortal.Tests.App;

public sealed class OutboxCommandTests
{
    [Fact]
    public async Task The_command_says_by_its_exit_code_whether_something_was_given_up_and_brings_it_back()
    {
        await using var receiver = await TestReceiver.StartAsync();
        receiver.AnswerWith(StatusCodes.Status410Gone);
        await using var portal = await TestPortal.StartAsync(configure: web => web.UseSetting("Outbox:AllowLocalAddresses", "true"));
        var settings = portal.Get<Microsoft.Extensions.Configuration.IConfiguration>();
        (await portal.Services.RunCommandAsync("outbox")).ShouldBe(0);

        var id = await QueueAsync(portal, receiver.Address);
        await UntilAsync(portal, OutboxState.Dead);
        (await portal.Services.RunCommandAsync("outbox")).ShouldBe(1);

        settings["Outbox:Retry"] = "nothing";
        (await portal.Services.RunCommandAsync("outbox")).ShouldBe(2);
        receiver.AnswerWith(StatusCodes.Status204NoContent);
        settings["Outbox:Retry"] = id.ToString();
        (await portal.Services.RunCommandAsync("outbox")).ShouldBe(0);
        await UntilAsync(portal, OutboxState.Delivered);
    }

    private static async Task<Guid> QueueAsync(TestPortal portal, Uri address)
    {
        await using var db = portal.OpenDatabase();
        var id = portal.Get<OutboxQueue>().Add(db, new OutboxOrder(SenderEventKind.KindName, Guid.NewGuid(), address, "{}"u8.ToArray()));
        await db.SaveChangesAsync();
        return id;
    }

    private static async Task UntilAsync(TestPortal portal, OutboxState state)
    {
        await using var db = portal.OpenDatabase();
        await Wait.UntilAsync(async () =>
        {
            await portal.Get<DeliverOutbox>().ExecuteAsync(CancellationToken.None);
            return await db.Set<OutboxMessage>().AnyAsync(message => message.State == state);
        });
    }
}
