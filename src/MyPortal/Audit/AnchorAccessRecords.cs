using Microsoft.EntityFrameworkCore;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Audit;

/// <summary>
/// Writes down outside the database how far the chain has come, so that a chain that was cut or replaced later is noticed by whoever
/// has the file or a copy of it. Each process has a file of its own and notes the whole chain, whoever sealed it. Not called on behalf of a citizen.
/// </summary>
internal sealed class AnchorAccessRecords(IDbContextFactory<PortalDbContext> databases, RecorderKey recorderKey, AuditOptions options, TimeProvider clock, ILogger<AnchorAccessRecords> logger)
{
    private readonly AnchorFile file = new(options.AnchorFile!);
    private string? said;

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(seal => seal.Sequence).FirstOrDefaultAsync(cancellationToken) is not { } end)
        {
            return;
        }

        if (!recorderKey.Verifies(end))
        {
            Say("The newest seal of the access records was not made with the recorder key; it is not anchored. Run verify-audit");
            return;
        }

        try
        {
            file.Add(last => Next(last, end));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Say($"The file of anchors cannot be written ({exception.GetType().Name}); see Audit:AnchorFile");
        }
    }

    private Anchor? Next(Anchor? last, AuditSeal end)
    {
        if (last is not null && end.Sequence < last.Count)
        {
            Say("The chain of access records ends before its newest anchor. Run verify-audit; after a restore, verify-audit --accept-restore");
            return null;
        }

        said = null;
        return last?.Count == end.Sequence ? null : new Anchor(clock.Now(), end.Sequence, end.Hash, recorderKey.Thumbprint);
    }

    // Once, not at every run: the trouble lasts until somebody acts.
    private void Say(string trouble)
    {
        if (!string.Equals(said, trouble, StringComparison.Ordinal))
        {
            said = trouble;
            logger.LogError("{Trouble}", trouble);
        }
    }
}

/// <summary>Anchors every ten seconds: what an attacker may cut off unseen is at most that, and a year of lines stays below half a gigabyte.</summary>
internal sealed class AuditAnchorWorker(AnchorAccessRecords anchor, TimeProvider clock, ILogger<AuditAnchorWorker> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(10), clock, logger)
{
    protected override Task RunAsync(CancellationToken cancellationToken) => anchor.ExecuteAsync(cancellationToken);
}
