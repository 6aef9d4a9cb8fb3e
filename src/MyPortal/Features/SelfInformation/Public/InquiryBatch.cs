using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.SelfInformation.Public;

/// <summary>One press of the button: the inquiries it caused and whose they are.</summary>
internal sealed class InquiryBatch : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly SessionId session;
    private readonly AssuranceLevel level;

    public InquiryBatch(Viewer viewer, InquiryKind kind, Guid id, DateTimeOffset now, DateTimeOffset ends, IReadOnlyList<Inquiry> inquiries)
    {
        (session, Citizen, level) = (viewer.Session, viewer.Citizen, viewer.Level);
        (Kind, Id, StartedAt, Ends, Inquiries) = (kind, id, now, ends, inquiries);
        Stopping = stopping.Token;
    }

    /// <summary>Random: whoever can guess it still needs the session.</summary>
    public Guid Id { get; }

    public InquiryKind Kind { get; }

    public CitizenId Citizen { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>From this instant on the run does not exist any more.</summary>
    public DateTimeOffset Ends { get; }

    public bool IsOverAt(DateTimeOffset now) => !StartedAt.HasBegunWithin(Ends - StartedAt, now);

    /// <summary>In the order of the matrix, numbered from 1.</summary>
    public IReadOnlyList<Inquiry> Inquiries { get; }

    /// <summary>Fires when the run is forgotten.</summary>
    public CancellationToken Stopping { get; }

    public bool IsSettled => Inquiries.All(inquiry => inquiry.IsSettled);

    public Inquiry? Find(int number) => Inquiries.FirstOrDefault(inquiry => inquiry.Number == number);

    public bool IsOf(SessionId one) => session == one;

    public bool IsOf(Viewer viewer) => session == viewer.Session && Citizen == viewer.Citizen && level == viewer.Level;

    /// <summary>Waits until every inquiry is settled, at most for <paramref name="patience"/>; never throws.</summary>
    public Task WatchAsync(TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken) =>
        Inquiry.WatchAsync(Task.WhenAll(Inquiries.Select(inquiry => inquiry.Settled)), patience, clock, cancellationToken);

    public void Dispose()
    {
        stopping.Cancel();
        foreach (var inquiry in Inquiries)
        {
            inquiry.Dispose();
        }

        stopping.Dispose();
    }
}
