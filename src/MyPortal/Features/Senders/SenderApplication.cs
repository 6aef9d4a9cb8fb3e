using System.Text.Json.Serialization;
using MyPortal.Features.Senders.Public;
using MyPortal.Kernel;
using MyPortal.Outbox;

namespace MyPortal.Features.Senders;

/// <summary>A service as it is applied for.</summary>
/// <param name="Name">Name as citizens see it.</param>
/// <param name="Basis">Law or consent.</param>
/// <param name="BasisText">Which law, or what the consent is for.</param>
/// <param name="Topics">What it writes about.</param>
/// <param name="Id">The service it changes; null for a new one.</param>
public sealed record ServiceApplication(string Name, ServiceBasis Basis, string BasisText, IReadOnlyList<string> Topics, Guid? Id = null);

/// <summary>Everything about a sender that a second operator has to agree to.</summary>
/// <param name="Name">Name as citizens see it.</param>
/// <param name="Kind">Public or private.</param>
/// <param name="About">Who it is, in a sentence for citizens.</param>
/// <param name="QuotaPerMinute">Posts a minute.</param>
/// <param name="QuotaPerDay">Posts on one day in Japan.</param>
/// <param name="Services">What it sends.</param>
public sealed record SenderApplication(string Name, SenderKind Kind, string About, int QuotaPerMinute, int QuotaPerDay, IReadOnlyList<ServiceApplication> Services)
{
    /// <summary>Who and where it is, so that it may ask people for the first of its services; null for whoever asks nobody.</summary>
    [JsonPropertyName("asking")]
    public ConsentRequester? Requester { get; init; }

    /// <summary>Characters of a name.</summary>
    public const int LongestName = 100;
    /// <summary>Characters of the sentence for citizens.</summary>
    public const int LongestAbout = 200;
    /// <summary>Characters of what a service is based on.</summary>
    public const int LongestBasis = 100;
    /// <summary>Characters of a topic.</summary>
    public const int LongestTopic = 40;
    /// <summary>Topics of a service.</summary>
    public const int MostTopics = 20;
    /// <summary>Services of a sender.</summary>
    public const int MostServices = 20;
    /// <summary>Highest quota a minute.</summary>
    public const int HighestPerMinute = 100_000;
    /// <summary>Highest quota a day.</summary>
    public const int HighestPerDay = 50_000_000;

    /// <summary>Everything that is wrong, each with the field it stands in, in the order of the form; empty when nothing is.</summary>
    internal IEnumerable<(Error Error, string Field)> Faults(OutboxOptions addresses)
    {
        if (!ReadableText.IsLine(Name, LongestName))
        {
            yield return (SenderConsoleErrors.NameMissing, "name");
        }

        if (!ReadableText.IsLine(About, LongestAbout))
        {
            yield return (SenderConsoleErrors.AboutMissing, "about");
        }

        var isMinuteWrong = QuotaPerMinute is < 1 or > HighestPerMinute;
        if (isMinuteWrong)
        {
            yield return (SenderConsoleErrors.QuotaWrong, "quotaPerMinute");
        }

        // A day is measured by the minute only where the minute itself can stand.
        if (QuotaPerDay is < 1 or > HighestPerDay || (!isMinuteWrong && QuotaPerDay < QuotaPerMinute))
        {
            yield return (SenderConsoleErrors.QuotaWrong, "quotaPerDay");
        }

        foreach (var fault in FaultsInServices().Concat(Requester is null ? [] : FaultsIn(Requester, addresses)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<(Error Error, string Field)> FaultsIn(ConsentRequester requester, OutboxOptions addresses)
    {
        if (requester.CorporateNumber.Length is not ConsentRequester.CorporateNumberLength || !requester.CorporateNumber.All(char.IsAsciiDigit))
        {
            yield return (SenderConsoleErrors.RequesterWrong, "corporateNumber");
        }

        if (!ReadableText.IsLine(requester.Contact, ConsentRequester.LongestContact))
        {
            yield return (SenderConsoleErrors.RequesterWrong, "contact");
        }

        if (requester.ReturnAddresses.Count is 0 or > ConsentRequester.MostReturnAddresses || !requester.ReturnAddresses.All(IsAddress))
        {
            yield return (SenderConsoleErrors.AddressRefused, "returnAddresses");
        }

        if (!IsAddress(requester.MessageAddress))
        {
            yield return (SenderConsoleErrors.AddressRefused, "messageAddress");
        }

        bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && OutboundAddress.MayBeRegistered(address, addresses);
    }

    private IEnumerable<(Error Error, string Field)> FaultsInServices()
    {
        if (Services.Count is 0 or > MostServices)
        {
            yield return (SenderConsoleErrors.ServicesWrong, "service-0-name");
        }

        for (var i = 0; i < Services.Count; i++)
        {
            var service = Services[i];
            if (!ReadableText.IsLine(service.Name, LongestName) || Services.Take(i).Any(before => before.Name == service.Name))
            {
                yield return (SenderConsoleErrors.ServicesWrong, $"service-{i}-name");
            }

            // A business never writes because of a law; it writes because somebody said yes.
            if (!ReadableText.IsLine(service.BasisText, LongestBasis) || (service.Basis is ServiceBasis.Law && Kind is SenderKind.Private))
            {
                yield return (SenderConsoleErrors.BasisWrong, $"service-{i}-basisText");
            }

            if (service.Topics.Count > MostTopics || service.Topics.Any(topic => !ReadableText.IsLine(topic, LongestTopic)))
            {
                yield return (SenderConsoleErrors.TopicsWrong, $"service-{i}-topics");
            }
        }
    }
}
