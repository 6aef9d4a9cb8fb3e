using Microsoft.EntityFrameworkCore;
using MyPortal.Audit;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Hub;

/// <summary>A portal whose citizen hub and holders know, asked as a page would ask.</summary>
internal sealed class HubFixture : IAsyncDisposable
{
    public const string CityTax = "city-tax-self";
    public const string CityProperty = "city-property-self";
    public const string Pension = "pension-record-self";

    private HubFixture(TestPortal portal, Viewer viewer, HubLink link)
    {
        Portal = portal;
        Viewer = viewer;
        Link = link;
    }

    public TestPortal Portal { get; }

    public TestHub Hub => Portal.Hub;

    public Viewer Viewer { get; }

    public HubLink Link { get; }

    /// <summary>A fixture in which one of the test persons has enrolled.</summary>
    public static async Task<HubFixture> StartAsync(string cast = "hanako", Engine engine = Engine.Sqlite, TimeSpan? deadline = null)
    {
        var portal = await TestPortal.StartAsync(engine, deadline is { } patience ? builder => builder.UseSetting("Hub:Deadline", patience.ToString()) : null);
        var citizen = await portal.EnrolAsync(cast: cast);
        var viewer = new Viewer(citizen, default, AssuranceLevel.CardWithPin, default);
        return new HubFixture(portal, viewer, (await portal.Get<HubLinks>().OpenAsync(viewer, CancellationToken.None)).ShouldNotBeNull());
    }

    public async Task<MatrixRow> RowAsync(string rowId) => (await Portal.Get<HubDirectory>().ReadAsync(CancellationToken.None)).Value.Matrix.Rows.Single(row => row.RowId == rowId);

    public async Task<HolderResponse> AskAsync(string rowId = CityTax) => await AskAsync(await RowAsync(rowId));

    public Task<HolderResponse> AskAsync(MatrixRow row, HubLink? link = null, Viewer? viewer = null) =>
        Portal.Get<QueryHolder>().ExecuteAsync(viewer ?? Viewer, new HolderQuery((link ?? Link).HubCode, (link ?? Link).SubjectTag, row, "own-device"), CancellationToken.None);

    /// <summary>The portal's records of one request, oldest first: event, holder, row, outcome.</summary>
    public async Task<IReadOnlyList<string>> RecordsAsync(Guid requestId)
    {
        await using var db = Portal.OpenDatabase();
        return await db.Set<AccessRecord>().Where(record => record.ObjectId == requestId && record.Subject == Viewer.Owner).OrderBy(record => record.At).ThenByDescending(record => record.Event)
            .Select(record => $"{record.Event} {record.Holder} {record.Row} {record.Outcome}").ToListAsync();
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
