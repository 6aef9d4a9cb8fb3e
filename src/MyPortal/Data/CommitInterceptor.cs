using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MyPortal.Data;

/// <summary>Does what a context was given to do after its commit, and forgets it after a rollback.</summary>
internal sealed class CommitInterceptor : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public static CommitInterceptor Instance { get; } = new();

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Committed(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Committed(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Forget(eventData.Context);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    // A save within a transaction is not there yet.
    private static void Saved(DbContext? context)
    {
        if (context?.Database.CurrentTransaction is null)
        {
            Committed(context);
        }
    }

    private static void Committed(DbContext? context)
    {
        foreach (var act in (context as PortalDbContext)?.TakeAfterCommit() ?? [])
        {
            act();
        }
    }

    private static void Forget(DbContext? context) => (context as PortalDbContext)?.TakeAfterCommit();
}
