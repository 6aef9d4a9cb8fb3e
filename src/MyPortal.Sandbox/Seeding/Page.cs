using System.Net;
using System.Text.RegularExpressions;

namespace MyPortal.Sandbox.Seeding;

/// <summary>
/// A page of the portal or of the agent: its links and forms. This reads our own markup, where attribute values never hold a bare
/// angle bracket; it is no reader for the open web.
/// </summary>
internal sealed partial class Page
{
    private const RegexOptions Tolerant = RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture;
    private const int TimeoutMilliseconds = 1000;

    public Page(Uri address, string html)
    {
        Address = address;
        Heading = HeadingPattern().Match(html) is { Success: true } heading ? WebUtility.HtmlDecode(TagPattern().Replace(heading.Groups["text"].Value, "")).Trim() : "";
        Links = [.. LinkPattern().Matches(html).Select(m => AttributesOf(m).GetValueOrDefault("href")).OfType<string>().Select(href => new Uri(address, href))];
        Forms = [.. FormPattern().Matches(html).Select(FormOf)];
    }

    public Uri Address { get; }

    /// <summary>Text of the first h1; empty when there is none.</summary>
    public string Heading { get; }

    public IReadOnlyList<Uri> Links { get; }

    public IReadOnlyList<PageForm> Forms { get; }

    /// <summary>The first form that goes to this path.</summary>
    /// <exception cref="SeedingException">There is no such form.</exception>
    public PageForm FormTo(string path) => Forms.FirstOrDefault(f => f.Action.AbsolutePath == path) ?? throw Missing($"no form to {path}");

    /// <summary>The first form that has this control.</summary>
    /// <exception cref="SeedingException">There is no such form.</exception>
    public PageForm FormWith(string field) => Forms.FirstOrDefault(f => f.Names.Contains(field)) ?? throw Missing($"no form with the field {field}");

    /// <summary>The first link to this path of this origin, with its query.</summary>
    /// <exception cref="SeedingException">There is no such link.</exception>
    public Uri LinkTo(Uri origin, string path) =>
        Links.FirstOrDefault(l => l.GetLeftPart(UriPartial.Authority) == origin.GetLeftPart(UriPartial.Authority) && l.AbsolutePath == path)
            ?? throw Missing($"no link to {origin.GetLeftPart(UriPartial.Authority)}{path}");

    private SeedingException Missing(string what) => new($"The page {Address.AbsolutePath} 「{Heading}」 has {what}.");

    private PageForm FormOf(Match form)
    {
        var attributes = AttributesOf(form);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match control in ControlPattern().Matches(form.Groups["content"].Value))
        {
            var has = AttributesOf(control);
            if (has.GetValueOrDefault("name") is not { Length: > 0 } name) continue;
            names.Add(name);
            if (ValueSent(control.Groups["tag"].Value, has) is { } value) fields[name] = value;
        }
        var action = attributes.GetValueOrDefault("action") is { Length: > 0 } given ? new Uri(Address, given) : Address;
        return new PageForm(action, "post".Equals(attributes.GetValueOrDefault("method"), StringComparison.OrdinalIgnoreCase), names, fields);
    }

    private static string? ValueSent(string tag, Dictionary<string, string> attributes)
    {
        if (!tag.Equals("input", StringComparison.OrdinalIgnoreCase)) return null;
        return attributes.GetValueOrDefault("type")?.ToLowerInvariant() switch
        {
            "checkbox" or "radio" => attributes.ContainsKey("checked") || attributes.ContainsKey("required") ? attributes.GetValueOrDefault("value", "on") : null,
            "submit" or "button" or "image" or "reset" or "file" => null,
            _ => attributes.GetValueOrDefault("value", ""),
        };
    }

    private static Dictionary<string, string> AttributesOf(Match element)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match attribute in AttributePattern().Matches(element.Groups["attributes"].Value))
        {
            found.TryAdd(attribute.Groups["name"].Value, WebUtility.HtmlDecode(attribute.Groups["value"].Value));
        }
        return found;
    }

    [GeneratedRegex("<h1\\b[^>]*>(?<text>.*?)</h1>", Tolerant, TimeoutMilliseconds)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex("<[^>]*>", Tolerant, TimeoutMilliseconds)]
    private static partial Regex TagPattern();

    [GeneratedRegex("<a\\b(?<attributes>[^>]*)>", Tolerant, TimeoutMilliseconds)]
    private static partial Regex LinkPattern();

    [GeneratedRegex("<form\\b(?<attributes>[^>]*)>(?<content>.*?)</form>", Tolerant, TimeoutMilliseconds)]
    private static partial Regex FormPattern();

    [GeneratedRegex("<(?<tag>input|select|textarea|button)\\b(?<attributes>[^>]*)>", Tolerant, TimeoutMilliseconds)]
    private static partial Regex ControlPattern();

    [GeneratedRegex("(?<name>[a-z][\\w:-]*)(\\s*=\\s*(\"(?<value>[^\"]*)\"|'(?<value>[^']*)'|(?<value>[^\\s\"'>]+)))?", Tolerant, TimeoutMilliseconds)]
    private static partial Regex AttributePattern();
}
