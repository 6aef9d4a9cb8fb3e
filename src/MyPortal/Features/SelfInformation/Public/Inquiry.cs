using MyPortal.Contracts.Hub;
using MyPortal.Hub;

namespace MyPortal.Features.SelfInformation.Public;

/// <summary>How an inquiry stands. No two of them may ever look alike on a page.</summary>
internal enum InquiryState
{
    /// <summary>The answer is on its way.</summary>
    Waiting,

    /// <summary>There are values.</summary>
    Ready,

    /// <summary>The holder looked and has nothing about the person.</summary>
    Empty,

    /// <summary>A rule keeps it from being shown here.</summary>
    Denied,

    /// <summary>Nothing usable arrived.</summary>
    Unavailable,

    /// <summary>Holder and portal do not speak of the same person.</summary>
    Mismatch,

    /// <summary>The person erased it, or its time is over.</summary>
    Erased,
}

/// <summary>What a page shows of an inquiry. The answer is in clear: it lives as long as the rendering.</summary>
/// <param name="State">How it stands.</param>
/// <param name="RequestId">Identifier of the request; null when nobody was asked.</param>
/// <param name="Code">Code of a refusal or failure.</param>
/// <param name="Answer">What the holder said, if it said something.</param>
internal sealed record InquiryView(InquiryState State, Guid? RequestId = null, string? Code = null, HolderAnswer? Answer = null);

/// <summary>A question to one holder by one row: asked in the background, kept sealed, opened for each rendering.</summary>
internal sealed class Inquiry(int number, MatrixRow row, Label holder) : IDisposable
{
    private readonly Lock gate = new();
    private TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HolderResponse? asked;
    private string? refusal;
    private bool isErased;

    public int Number => number;

    public MatrixRow Row => row;

    /// <summary>Name of the holder.</summary>
    public Label Holder => holder;

    public bool IsSettled => Settled.IsCompleted;

    /// <summary>Ends when the inquiry stops waiting, however it ended.</summary>
    public Task Settled
    {
        get
        {
            lock (gate)
            {
                return settled.Task;
            }
        }
    }

    /// <summary>An inquiry that no holder is asked about, because a rule forbids it.</summary>
    public static Inquiry Refused(int number, MatrixRow row, Label holder, string code)
    {
        var inquiry = new Inquiry(number, row, holder) { refusal = code };
        inquiry.settled.SetResult();
        return inquiry;
    }

    /// <summary>Opens what is there for one rendering.</summary>
    public InquiryView Read()
    {
        lock (gate)
        {
            return (isErased, refusal, asked) switch
            {
                (true, _, _) => new InquiryView(InquiryState.Erased),
                (_, { } code, _) => new InquiryView(InquiryState.Denied, Code: code),
                (_, _, null) => new InquiryView(settled.Task.IsCompleted ? InquiryState.Unavailable : InquiryState.Waiting),
                (_, _, { Outcome: QueryOutcome.Answered } answered) => Opened(answered),
                (_, _, { } other) => new InquiryView(StateOf(other.Outcome), other.RequestId == Guid.Empty ? null : other.RequestId, other.Code),
            };
        }
    }

    /// <summary>Takes what came back; null when the asking broke. An answer that comes after the erasure is forgotten at once.</summary>
    public void Settle(HolderResponse? result)
    {
        lock (gate)
        {
            if (isErased)
            {
                result?.Dispose();
                return;
            }

            asked = result;
            settled.TrySetResult();
        }
    }

    /// <summary>Goes back to waiting if the holder did not answer; of two that try at once only one succeeds.</summary>
    public bool TryReopen()
    {
        lock (gate)
        {
            if (isErased || !settled.Task.IsCompleted || Read().State is not InquiryState.Unavailable)
            {
                return false;
            }

            asked?.Dispose();
            asked = null;
            settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>Forgets the key: from now on nobody can open the answer.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isErased = true;
            asked?.Dispose();
            asked = null;
            settled.TrySetResult();
        }
    }

    /// <summary>Waits for a task, at most for <paramref name="patience"/>; never throws, because a page that stops watching is no trouble.</summary>
    public static async Task WatchAsync(Task task, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (patience > TimeSpan.Zero)
        {
            await Task.WhenAny(task, Task.Delay(patience, clock, cancellationToken));
        }
    }

    private static InquiryView Opened(HolderResponse answered)
    {
        var answer = answered.Open();
        var state = answer?.Outcome switch
        {
            HolderOutcome.Ready => InquiryState.Ready,
            HolderOutcome.Empty => InquiryState.Empty,
            HolderOutcome.Denied => InquiryState.Denied,
            _ => InquiryState.Unavailable,
        };
        return new InquiryView(state, answered.RequestId, answered.Code, answer);
    }

    private static InquiryState StateOf(QueryOutcome outcome) => outcome switch
    {
        QueryOutcome.Denied => InquiryState.Denied,
        QueryOutcome.Mismatch => InquiryState.Mismatch,
        _ => InquiryState.Unavailable,
    };
}
