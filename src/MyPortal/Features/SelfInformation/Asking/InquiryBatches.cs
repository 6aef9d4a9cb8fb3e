using MyPortal.Contracts.Hub;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.SelfInformation.Asking;

/// <summary>How much may be kept and for how long.</summary>
/// <param name="Life">After this time a run is forgotten, whatever happens.</param>
/// <param name="Patience">After this time an inquiry ends without an answer; the hub gives up earlier.</param>
/// <param name="PerCitizen">One more makes the oldest run of the same person disappear.</param>
/// <param name="Total">Runs of everybody; one more is refused.</param>
internal sealed record InquiryLimits(TimeSpan Life, TimeSpan Patience, int PerCitizen, int Total)
{
    public static InquiryLimits Default { get; } = new(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(12), PerCitizen: 3, Total: 2_000);
}

/// <summary>The runs of everybody, in this process's memory and nowhere else.</summary>
internal sealed class InquiryBatches(
    IHolderClient line,
    KnownHolders known,
    HolderCircuitBreaker conditions,
    InquiryLimits bounds,
    RandomSource random,
    TimeProvider clock,
    ILogger<InquiryBatches> logger) : IInquiryBatches, ISessionEndListener, IDisposable
{
    /// <summary>The holder failed others a moment ago and is left alone.</summary>
    public const string Resting = "self-info.resting";

    /// <summary>How this process marks its runs: the first bytes of their numbers.</summary>
    private const int MarkLength = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, InquiryBatch> runs = [];
    private readonly byte[] mark = random.Bytes(MarkLength);

    public int Count
    {
        get
        {
            lock (gate)
            {
                return runs.Count;
            }
        }
    }

    public async Task<Result<InquiryBatch>> StartAsync(Viewer viewer, InquiryKind kind, Func<MatrixRow, bool> choose, CancellationToken cancellationToken)
    {
        var publications = await line.ReadPublicationsAsync(cancellationToken);
        if (publications.IsRefused)
        {
            return publications.Error;
        }

        known.Remember(publications.Value);
        var rows = publications.Value.Matrix.Rows.Where(row => row.Basis is LinkageBasis.Self && choose(row)).ToList();
        if (rows.Count is 0)
        {
            return SelfInformationErrors.NothingChosen;
        }

        var opened = await line.OpenAsync(viewer, cancellationToken);
        if (opened.IsRefused)
        {
            return opened.Error;
        }

        var run = Prepare(viewer, kind, rows, publications.Value);
        if (!TryKeep(run))
        {
            run.Dispose();
            return SelfInformationErrors.Busy;
        }

        foreach (var inquiry in run.Inquiries.Where(inquiry => !inquiry.IsSettled))
        {
            Ask(run, inquiry, opened.Value);
        }

        return run;
    }

    public InquiryBatch? Find(Viewer viewer, InquiryKind kind, Guid id)
    {
        lock (gate)
        {
            return runs.TryGetValue(id, out var run) && run.Kind == kind && run.IsOf(viewer) && !run.IsOverAt(clock.GetUtcNow()) ? run : null;
        }
    }

    public bool IsElsewhere(Guid id) => !id.ToByteArray().AsSpan(0, MarkLength).SequenceEqual(mark);

    public async Task<bool> RetryAsync(Viewer viewer, InquiryKind kind, Guid id, int number, CancellationToken cancellationToken)
    {
        if (Find(viewer, kind, id) is not { } run || run.Find(number) is not { } inquiry)
        {
            return false;
        }

        var opened = await line.OpenAsync(viewer, cancellationToken);
        if (opened.IsRefused || !inquiry.TryReopen())
        {
            return false;
        }

        Ask(run, inquiry, opened.Value);
        return true;
    }

    public bool Erase(Viewer viewer, InquiryKind kind, Guid id)
    {
        var run = Find(viewer, kind, id);
        return run is not null && Forget(one => one == run) > 0;
    }

    public void SessionEnded(SessionId session) => Forget(run => run.IsOf(session));

    /// <summary>Forgets what is over.</summary>
    public void Sweep()
    {
        var now = clock.GetUtcNow();
        Forget(run => run.IsOverAt(now));
    }

    public void Dispose() => Forget(_ => true);

    private InquiryBatch Prepare(Viewer viewer, InquiryKind kind, List<MatrixRow> rows, HubPublications publications)
    {
        var now = clock.Now();
        var inquiries = rows.Select((row, index) =>
        {
            var name = publications.Find(row.Holder)?.Name ?? new Label(row.Holder, row.Holder, row.Holder);
            return row.MinimumLevel > (int)viewer.Level ? Inquiry.Refused(index + 1, row, name, HubErrors.LevelTooLow.Code) : new Inquiry(index + 1, row, name);
        });
        return new InquiryBatch(viewer, kind, new Guid([.. mark, .. random.Bytes(16 - MarkLength)]), now, now + bounds.Life, [.. inquiries]);
    }

    private bool TryKeep(InquiryBatch run)
    {
        Sweep();
        List<InquiryBatch> superseded;
        lock (gate)
        {
            superseded = [.. runs.Values.Where(one => one.Citizen == run.Citizen).OrderByDescending(one => one.StartedAt).Skip(bounds.PerCitizen - 1)];
            if (runs.Count - superseded.Count >= bounds.Total)
            {
                return false;
            }

            superseded.ForEach(one => runs.Remove(one.Id));
            runs.Add(run.Id, run);
        }

        superseded.ForEach(one => one.Dispose());
        return true;
    }

    private int Forget(Func<InquiryBatch, bool> which)
    {
        List<InquiryBatch> forgotten;
        lock (gate)
        {
            forgotten = [.. runs.Values.Where(which)];
            forgotten.ForEach(run => runs.Remove(run.Id));
        }

        forgotten.ForEach(run => run.Dispose());
        return forgotten.Count;
    }

    // The request that started it may be gone long before the answer comes: nothing of it flows along.
    private void Ask(InquiryBatch run, Inquiry inquiry, HolderAsker ask)
    {
        using var flow = ExecutionContext.SuppressFlow();
        _ = Task.Run(async () => inquiry.Settle(await AskAsync(inquiry, ask, run.Stopping)), CancellationToken.None);
    }

    private async Task<HolderResponse?> AskAsync(Inquiry inquiry, HolderAsker ask, CancellationToken stopping)
    {
        var holder = inquiry.Row.Holder;
        if (!conditions.TryEnter(holder))
        {
            return new HolderResponse(Guid.Empty, QueryOutcome.Unavailable, Resting, reply: null);
        }

        bool? hasAnswered = null;
        try
        {
            using var limit = new CancellationTokenSource(bounds.Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
            var asked = await ask(inquiry.Row, either.Token);
            var isHubThere = asked.Code != HubErrors.Unavailable.Code;
            conditions.ReportHub(isHubThere);

            // Behind a hub that says nothing a holder may be well.
            hasAnswered = isHubThere ? asked.Outcome is not QueryOutcome.Unavailable : null;
            return asked;
        }
        catch (OperationCanceledException)
        {
            hasAnswered = stopping.IsCancellationRequested ? null : false;
            return null;
        }
        catch (Exception exception)
        {
            // A bug or a broken machine must not leave a card that waits for ever.
            logger.LogError(exception, "Asking {Holder} by row {Row} broke", holder, inquiry.Row.RowId);
            return null;
        }
        finally
        {
            conditions.Report(holder, hasAnswered);
        }
    }
}

/// <summary>Forgets runs whose time is over, also those that nobody looks at any more.</summary>
internal sealed class PurgeInquiries(InquiryBatches runs, TimeProvider clock, ILogger<PurgeInquiries> logger) : PeriodicWorker(TimeSpan.FromSeconds(10), clock, logger)
{
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        runs.Sweep();
        return Task.CompletedTask;
    }
}
