using Xunit.v3;

namespace MyPortal.Tests.Shared;

/// <summary>
/// Says which need of docs/requirements.md a test proves. Tests with a number are found with
/// <c>--filter Requirement=21</c>, and the document lists them.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
internal sealed class RequirementAttribute(int number) : Attribute, ITraitAttribute
{
    public int Number { get; } = number;

    /// <summary>What the need asks for beyond what is built. With it the need does not count as proven.</summary>
    public string? InPart { get; set; }

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [new("Requirement", Number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}
