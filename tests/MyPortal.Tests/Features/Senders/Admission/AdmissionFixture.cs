using Microsoft.AspNetCore.Hosting;
using MyPortal.Features.Operators.Public;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Senders.Admission;

/// <summary>A portal with three people in the console: one who writes and runs, one who approves, one who audits.</summary>
internal sealed class AdmissionFixture : IAsyncDisposable
{
    private AdmissionFixture(TestPortal portal, TestOperator ichiro, TestOperator futaba, TestOperator auditor) => (Portal, Ichiro, Futaba, Auditor) = (portal, ichiro, futaba, auditor);

    public TestPortal Portal { get; }

    /// <summary>Receives, operates and may also approve, though not what is his own.</summary>
    public TestOperator Ichiro { get; }

    /// <summary>Approves.</summary>
    public TestOperator Futaba { get; }

    public TestOperator Auditor { get; }

    /// <param name="engine">Where the rows lie.</param>
    /// <param name="configure">What differs in the portal.</param>
    /// <param name="isStill">Whether background workers stand still, so that nothing is sealed but what the test seals.</param>
    public static async Task<AdmissionFixture> CreateAsync(Engine engine = Engine.Sqlite, Action<IWebHostBuilder>? configure = null, bool isStill = false)
    {
        var portal = await (isStill ? TestPortal.StartStillAsync(engine) : TestPortal.StartAsync(engine, configure));
        return new AdmissionFixture(
            portal,
            await TestOperator.SignedInAsync(portal, OperatorRoles.Receive | OperatorRoles.Operate | OperatorRoles.Approve, "受付 一郎"),
            await TestOperator.SignedInAsync(portal, OperatorRoles.Approve, "承認 二葉"),
            await TestOperator.SignedInAsync(portal, OperatorRoles.Audit, "監査 三郎"));
    }

    /// <summary>Writes an application and says which sender it is for.</summary>
    public async Task<Guid> WriteAsync(params (string Name, string Value)[] other)
    {
        (string Name, string Value)[] usual =
        [
            ("clientId", "hinode-gas"), ("name", "ひのでガス"), ("kind", "Private"), ("about", "緑県の都市ガス会社です。"), ("quotaPerMinute", "60"), ("quotaPerDay", "1000"),
            ("service-0-name", "検針のお知らせ"), ("service-0-basis", "Consent"), ("service-0-basisText", "検針票の電子交付"), ("service-0-topics", "検針\n請求"), ("reason", "新規の申し込み"),
        ];
        var fields = usual.Where(field => !other.Any(entry => entry.Name == field.Name)).Concat(other).ToArray();
        using var answer = await Ichiro.FillInAsync("/admin/senders/new", "sender", fields);
        return Guid.Parse(answer.Headers.Location.ShouldNotBeNull("the form was refused").OriginalString.Split('/')[^1].Split('?')[0]);
    }

    public async Task SubmitAsync(Guid id)
    {
        using var answer = await Ichiro.PressAsync($"/admin/senders/{id}/submit");
        answer.Headers.Location!.OriginalString.ShouldEndWith("?done=submitted");
    }

    /// <summary>Address of the one application that waits.</summary>
    public static async Task<string> WaitingAsync(TestOperator reader) =>
        (await reader.Browser.OpenAsync("/admin/approvals")).QuerySelector("a[href^='/admin/approvals/']").ShouldNotBeNull().GetAttribute("href")!;

    public async Task ApproveAsync()
    {
        using var answer = await Futaba.FillInAsync(await WaitingAsync(Futaba), "decide", ("decision", "approve"));
        answer.Headers.Location.ShouldNotBeNull().OriginalString.ShouldEndWith("/admin/approvals?done=approved");
    }

    /// <summary>Two operators admit a sender.</summary>
    public async Task<Guid> AdmitAsync(params (string Name, string Value)[] other)
    {
        var id = await WriteAsync(other);
        await SubmitAsync(id);
        await ApproveAsync();
        return id;
    }

    public async Task SuspendAsync(Guid id)
    {
        using var answer = await Ichiro.FillInAsync($"/admin/senders/{id}/suspend", "suspend", ("reason", "苦情が多いため"), ("citizenText", "確認のため、送信を止めています。"));
        answer.Headers.Location!.OriginalString.ShouldEndWith("?done=suspended");
    }

    /// <summary>What the sender's page says of its state.</summary>
    public async Task<string> StateAsync(Guid id) => (await Futaba.Browser.OpenAsync($"/admin/senders/{id}")).QuerySelector("main > p .chip").Words();

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
