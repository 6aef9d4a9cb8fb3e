namespace MyPortal.Features.Notices.Public;

/// <summary>
/// Tells the frame of one page that the page changed a number the frame already shows: the frame is rendered first, and opening a
/// notice lowers the count of unread ones.
/// </summary>
internal sealed class MailboxChanges
{
    private Func<Task>? frame;

    /// <summary>The frame's one listener; runs within the rendering of the page.</summary>
    public void Listen(Func<Task> listener) => frame = listener;

    public Task TellAsync() => frame?.Invoke() ?? Task.CompletedTask;
}
