using MyPortal.Audit;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Audit;

public sealed class VerifyWhilePostingTests
{
    /// <summary>Every record goes its whole way many times while the chain is verified: written, sealed, anchored.</summary>
    [Theory, EveryDatabase]
    public async Task An_intact_chain_stays_intact_while_others_write_seal_and_anchor(Engine engine)
    {
        const int Verifications = 25;
        await using var fixture = await AuditFixture.CreateAsync(engine);
        await fixture.SealBatchesAsync(40);
        using var stop = new CancellationTokenSource();
        var writers = new[] { Task.Run(() => PostAsync(fixture, stop.Token), TestContext.Current.CancellationToken), Task.Run(() => SealAsync(fixture, stop.Token), TestContext.Current.CancellationToken) };

        var verdicts = new List<AuditVerdict>();
        while (verdicts.Count < Verifications || verdicts[^1].Checked == verdicts[0].Checked)
        {
            verdicts.Add(await fixture.VerifyAsync());
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        verdicts.ShouldAllBe(verdict => verdict.Finding == AuditFinding.Intact);
        verdicts.Select(verdict => verdict.Checked).ShouldBeInOrder();
    }

    private static async Task PostAsync(AuditFixture fixture, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await fixture.RecordAsync(5);
        }
    }

    private static async Task SealAsync(AuditFixture fixture, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await fixture.Sealer().ExecuteAsync(CancellationToken.None);
            await fixture.AnchorAsync();
        }
    }
}
