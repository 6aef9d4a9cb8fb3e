using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Kernel;

namespace MyPortal.Features.SelfInformation.Asking;

/// <summary>The way through the linkage hub.</summary>
internal sealed class HubLine(HubDirectory directory, AskHolder ask, OwnLinks links) : IHolderLine
{
    public Task<Result<HubPublications>> ReadPublicationsAsync(CancellationToken cancellationToken) => directory.ReadAsync(cancellationToken);

    public async Task<Result<HolderAsker>> OpenAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (await links.OpenAsync(viewer, cancellationToken) is not { } link)
        {
            return SelfInformationErrors.NotLinked;
        }

        var evidence = EvidenceOf(viewer.Level);
        return new HolderAsker((row, stop) => ask.ExecuteAsync(viewer, new HolderQuestion(link.HubCode, link.SubjectTag, row, evidence, "own-device"), stop));
    }

    // The hub reads the level from the evidence, so the evidence follows from the level. A card at an agent that is not known yet
    // counts as the weaker one: the portal may understate how surely somebody was identified, never overstate it.
    private static string EvidenceOf(AssuranceLevel level) => level switch
    {
        AssuranceLevel.CardWithPin => "card-pin",
        AssuranceLevel.Verified => "passkey",
        _ => "card-without-pin",
    };
}
