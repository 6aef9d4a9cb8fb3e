using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Outbox;

namespace MyPortal.Features.Consents.Withdrawing;

/// <summary>Messages about withdrawals: the citizen sees how far each is. The message carries the identifier of its consent.</summary>
internal sealed class WithdrawalMessages(TimeProvider clock) : IOutboxMessageHandler
{
    public const string KindName = "consent-withdrawn";

    public string Name => KindName;

    public Task AcknowledgedAsync(PortalDbContext db, EndedMessage message, CancellationToken cancellationToken) => Note(db, message, ConsentEventKind.WithdrawalDelivered);

    public Task DeadAsync(PortalDbContext db, EndedMessage message, string outcome, CancellationToken cancellationToken) => Note(db, message, ConsentEventKind.WithdrawalUnanswered);

    private Task Note(PortalDbContext db, EndedMessage message, ConsentEventKind what)
    {
        db.Add(ConsentEvent.Of(ConsentId.From(message.Id), what, clock.Now()));
        return Task.CompletedTask;
    }
}
