using System.Globalization;
using MyPortal.Contracts.SenderApi;
using MyPortal.Kernel;

namespace MyPortal.Features.Proxies.Inviting;

/// <summary>What the principal has entered so far. It travels in the form from step to step; nothing of it is stored.</summary>
/// <param name="PrincipalName">Own name, as on the card.</param>
/// <param name="ProxyName">Name of the proxy, as on that person's card.</param>
/// <param name="Senders">Chosen senders.</param>
/// <param name="Topics">Chosen types of notice.</param>
/// <param name="MayView">Whether seeing is allowed: the only act there is, and even it must be chosen.</param>
/// <param name="LastDay">Last day in Japan; null when it cannot be read.</param>
internal sealed record MandateDraft(string PrincipalName, string ProxyName, IReadOnlyList<SenderId> Senders, IReadOnlyList<NoticeType> Topics, bool MayView, DateOnly? LastDay)
{
    /// <summary>The last day as it was typed, so that one that cannot be read stays in the form.</summary>
    public string LastDayTyped { get; init; } = LastDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public const int LongestName = 60;
    private const int FormKeyLength = 43;

    /// <summary>
    /// Made with the empty form: whatever is sent again with the same key and the same words is the same mandate. Empty in a form that came
    /// without one, where the words alone decide; null where no form was sent.
    /// </summary>
    public string? FormKey { get; init; }

    public static MandateDraft Empty(DateOnly today) => new("", "", [], [], MayView: false, today.AddYears(Mandate.UsualYears));

    public static MandateDraft Read(IFormCollection form) => new(
        form["principalName"].ToString().Trim(),
        form["proxyName"].ToString().Trim(),
        [.. form["sender"].Select(text => Guid.TryParseExact(text, "D", out var id) ? SenderId.From(id) : (SenderId?)null).OfType<SenderId>().Distinct()],
        [.. form["topic"].Select(text => EnumName.Read<NoticeType>(text)).OfType<NoticeType>().Distinct()],
        form["view"].ToString() is "yes",
        DateOnly.TryParseExact(form["lastDay"].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null)
    {
        LastDayTyped = form["lastDay"].ToString(),
        FormKey = form["formKey"].ToString() is { Length: FormKeyLength } key ? key : "",
    };

    /// <summary>Everything that makes two mandates the same, in one text.</summary>
    public string Canonical() => string.Join('\n', [FormKey ?? "", PrincipalName, ProxyName, string.Join(',', Senders.Order()), string.Join(',', Topics.Order()), LastDay?.ToString("O", CultureInfo.InvariantCulture) ?? ""]);

    /// <summary>What is wrong at a step, as field and code; empty when the step is done.</summary>
    /// <param name="step">1 person, 2 what, 3 which acts, 4 until when.</param>
    /// <param name="today">Today in Japan.</param>
    /// <param name="known">The senders there are to choose from.</param>
    public IReadOnlyList<(string Field, string Code)> ProblemsAt(int step, DateOnly today, IReadOnlyCollection<SenderId> known) => step switch
    {
        1 => [.. NameProblems("principalName", PrincipalName), .. NameProblems("proxyName", ProxyName), .. SameProblems()],
        2 when (Senders.Count is 0 && Topics.Count is 0) || !Senders.All(known.Contains) => [("scope", "scope")],
        3 when !MayView => [("view", "view")],
        4 when LastDay is not { } day || day <= today || day > today.AddYears(Mandate.LongestYears) => [("lastDay", "until")],
        _ => [],
    };

    private static IEnumerable<(string, string)> NameProblems(string field, string name)
    {
        if (name.Length is 0)
        {
            yield return (field, "empty");
        }
        else if (!ReadableText.IsLine(name, LongestName))
        {
            yield return (field, "form");
        }
    }

    private IEnumerable<(string, string)> SameProblems()
    {
        if (WrittenName.AreSame(PrincipalName, ProxyName))
        {
            yield return ("proxyName", "same");
        }
    }
}
