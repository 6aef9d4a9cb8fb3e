using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Transactions;

/// <summary>The portals this agent talks to, compared as whole strings.</summary>
internal sealed partial class OriginAllowList(IOptions<AgentOptions> options)
{
    /// <summary>
    /// Reads the address of a ticket. It must be, character for character, an allowed origin and the one path that exists: so there is
    /// no user name, query, fragment, dot segment or second spelling of a host left to argue about.
    /// </summary>
    public Attempt<TicketAddress> Read(string? address)
    {
        if (address is null) return Refusal.Address;

        var origin = options.Value.EffectiveOrigins.FirstOrDefault(allowed => address.StartsWith(allowed + "/", StringComparison.Ordinal));
        if (origin is null) return Refusal.Origin;

        return TicketPath.IsMatch(address.AsSpan(origin.Length)) ? new TicketAddress(origin, address) : Refusal.Address;
    }

    /// <summary>What is wrong with a configured origin, or null.</summary>
    /// <param name="origin">The setting.</param>
    /// <param name="allowHttp">Only builds for the sandbox accept plain http.</param>
    internal static string? FaultOf(string origin, bool allowHttp)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)) return "it is no absolute address.";
        if (uri.UserInfo.Length > 0) return "an origin carries no user name.";
        if (uri.Scheme != Uri.UriSchemeHttps && !(allowHttp && uri.Scheme == Uri.UriSchemeHttp)) return "only https is allowed.";
        return uri.GetLeftPart(UriPartial.Authority) == origin ? null : $"write it as '{uri.GetLeftPart(UriPartial.Authority)}'.";
    }

    [GeneratedRegex(@"\A/card/t/[A-Za-z0-9_-]{43}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TicketPath { get; }
}

/// <summary>Address of a ticket at an allowed portal. Every other address the agent uses is built from it.</summary>
/// <param name="Origin">Origin of the portal.</param>
/// <param name="Address">The whole address.</param>
internal sealed record TicketAddress(string Origin, string Address)
{
    public Uri Ticket => new(Address);

    public Uri Response => new(Address + "/response");

    public string Complete(string completionCode) => $"{Origin}/card/complete?code={Uri.EscapeDataString(completionCode)}";

    /// <summary>Where the person begins anew when it is not known what for.</summary>
    public string Start => $"{Origin}/login";

    /// <summary>Where the person begins anew. A text to sign stands on a page of the person's own, which the home page leads to.</summary>
    public string StartOf(CardPurpose purpose) => purpose switch
    {
        CardPurpose.Enrol => Enrol,
        CardPurpose.StepUp => $"{Origin}/step-up",
        CardPurpose.Sign => $"{Origin}/",
        _ => Start,
    };

    /// <summary>Where a person without an account begins.</summary>
    public string Enrol => $"{Origin}/enrol";
}
