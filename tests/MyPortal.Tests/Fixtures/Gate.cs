namespace MyPortal.Tests.Fixtures;

/// <summary>Where a test lets somebody stand still for as long as it wants: once it is closed, the first who comes waits and everybody behind goes through.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool isClosed;

    /// <summary>Somebody stands here.</summary>
    public Task Reached => Wait.EndOf(reached.Task);

    public void Close() => isClosed = true;

    public void Open() => opened.TrySetResult();

    public Task PassAsync() => isClosed && reached.TrySetResult() ? Wait.EndOf(opened.Task) : Task.CompletedTask;
}
