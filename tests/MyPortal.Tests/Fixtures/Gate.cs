namespace MyPortal.Tests.Fixtures;

/// <summary>Where a test lets somebody stand still for as long as it wants: the first who comes waits and everybody behind goes through.</summary>
internal sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim opened = new();

    /// <summary>Somebody stands here.</summary>
    public Task Reached => Wait.EndOf(reached.Task);

    public void Open() => opened.Set();

    public void Pass()
    {
        if (reached.TrySetResult())
        {
            opened.Wait(Wait.Limit);
        }
    }

    public void Dispose() => opened.Dispose();
}
