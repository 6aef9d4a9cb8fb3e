using MyPortal.Identity;

namespace MyPortal.Features.Notices.Public;

/// <summary>Numbers for badges, read from counters: the cost does not grow with the mailbox.</summary>
internal interface IMailboxCounters
{
    Task<int> UnreadAsync(Viewer viewer, CancellationToken cancellationToken);
}
