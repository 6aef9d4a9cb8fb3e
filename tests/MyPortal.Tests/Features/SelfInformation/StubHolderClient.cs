using System.Collections.Concurrent;
using MyPortal.Contracts.Hub;
using MyPortal.Features.SelfInformation.Asking;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Tests.Features.SelfInformation;

/// <summary>Holders that answer when and how a test says.</summary>
internal sealed class StubHolderClient : IHolderClient
{
    private static readonly byte[] NoKey = [];

    public static MatrixRow Tax { get; } = Row("tax-row", "city", "tax", 3);

    public static MatrixRow Pension { get; } = Row("pension-row", "agency", "pension", 2);

    /// <summary>How each asking ends; it may wait for the token.</summary>
    public Func<MatrixRow, CancellationToken, Task<HolderResponse>> Answer { get; set; } = (_, _) => Task.FromResult(Denied());

    /// <summary>Rows that were asked, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public static HolderResponse Denied() => new(Guid.NewGuid(), QueryOutcome.Denied, "hub.no-row", reply: null);

    public static HolderResponse Silent() => new(Guid.NewGuid(), QueryOutcome.Unavailable, "hub.holder-down", reply: null);

    public Task<Result<HubPublications>> ReadPublicationsAsync(CancellationToken cancellationToken) => Task.FromResult<Result<HubPublications>>(new HubPublications(
        new ParticipantList(1, [new Participant("city", Word("市"), "municipality", "", NoKey, NoKey), new Participant("agency", Word("年金"), "agency", "", NoKey, NoKey)]),
        new AuthorisationMatrix(1, DateTimeOffset.UnixEpoch, [Tax, Pension]), NoKey, DateTimeOffset.UnixEpoch));

    public Task<Result<HolderAsker>> OpenAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult<Result<HolderAsker>>(new HolderAsker((row, stop) =>
    {
        Asked.Enqueue(row.RowId);
        return Answer(row, stop);
    }));

    private static MatrixRow Row(string id, string holder, string theme, int level) =>
        new(id, "portal", holder, LinkageBasis.Self, "law", id, 1, theme, Word(theme), Word("purpose"), [new MatrixItem("one", Word("一"), DatasetType.Text)], level);

    private static Label Word(string text) => new(text, text, text);
}
