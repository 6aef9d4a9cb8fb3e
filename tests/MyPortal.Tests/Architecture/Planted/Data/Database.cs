using MyPortal.Tests.Architecture.Planted.Features.Consents;

namespace MyPortal.Tests.Architecture.Planted.Data;

internal sealed class Rows
{
    public int Count { get; init; }
}

/// <summary>Plumbing that names a feature.</summary>
internal sealed class KnowsConsents
{
    public Func<Consent> Make { get; } = () => new Consent();
}
