using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Web;

namespace MyPortal.Tests.Web;

public sealed class PeriodicWorkerTests
{
    [Theory]
    [InlineData(1, 1), InlineData(30, 30), InlineData(31, 30), InlineData(21_600, 30)]
    public void The_first_run_comes_soon_after_the_start_whatever_the_period(int period, int firstPause)
    {
        using var worker = new CountingWorker(TimeSpan.FromSeconds(period));

        worker.FirstPause.ShouldBe(TimeSpan.FromSeconds(firstPause));
    }

    [Fact]
    public async Task A_run_that_fails_or_is_given_up_does_not_end_the_next_ones()
    {
        using var worker = new CountingWorker(TimeSpan.FromMilliseconds(1), new InvalidOperationException("It fails."), new TaskCanceledException("A command took too long."));
        await worker.StartAsync(CancellationToken.None);

        await Wait.UntilAsync(() => worker.Runs > 3);

        await worker.StopAsync(CancellationToken.None);
    }

    private sealed class CountingWorker(TimeSpan period, params Exception[] failures) : PeriodicWorker(period, TimeProvider.System, NullLogger.Instance)
    {
        private int runs;

        public int Runs => Volatile.Read(ref runs);

        protected override Task RunAsync(CancellationToken cancellationToken)
        {
            var run = Interlocked.Increment(ref runs);
            return run <= failures.Length ? throw failures[run - 1] : Task.CompletedTask;
        }
    }
}
