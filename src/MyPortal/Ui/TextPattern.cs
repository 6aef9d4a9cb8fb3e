using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace MyPortal.Ui;

/// <summary>
/// A text of the screens, taken apart once: plain words, numbered places <c>{0}</c>, and words with their reading
/// <c>{漢字|かんじ}</c>, which become <c>&lt;ruby&gt;</c> on the page and lose the reading in plain text.
/// </summary>
internal sealed partial class TextPattern
{
    private static readonly ConcurrentDictionary<string, TextPattern> Known = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<Part> parts;

    private TextPattern(string source) => parts = Parse(source);

    private abstract record Part;

    private sealed record Words(string Text) : Part;

    private sealed record Place(int Index, string? Format) : Part;

    private sealed record Ruby(string Text, string Reading) : Part;

    public static TextPattern Of(string source) => Known.GetOrAdd(source, static s => new TextPattern(s));

    /// <summary>The text as markup. An argument may itself be a piece of markup (a <see cref="RenderFragment"/>).</summary>
    public RenderFragment ToMarkup(params object?[] arguments) => builder =>
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case Words words:
                    builder.AddContent(0, words.Text);
                    break;
                case Place place when arguments[place.Index] is RenderFragment markup:
                    builder.AddContent(1, markup);
                    break;
                case Place place:
                    builder.AddContent(2, Format(arguments[place.Index], place.Format));
                    break;
                case Ruby ruby:
                    AddRuby(builder, ruby);
                    break;
            }
        }
    };

    /// <summary>The text without readings, for titles and attributes.</summary>
    public string ToPlain(params object?[] arguments)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part switch
            {
                Words words => words.Text,
                Ruby ruby => ruby.Text,
                Place place => Format(arguments[place.Index], place.Format),
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string? Format(object? value, string? format) =>
        value is IFormattable formattable ? formattable.ToString(format, CultureInfo.CurrentCulture) : value?.ToString();

    private static void AddRuby(RenderTreeBuilder builder, Ruby ruby)
    {
        builder.OpenElement(3, "ruby");
        builder.AddContent(4, ruby.Text);
        builder.AddMarkupContent(5, "<rp>（</rp>");
        builder.OpenElement(6, "rt");
        builder.AddContent(7, ruby.Reading);
        builder.CloseElement();
        builder.AddMarkupContent(8, "<rp>）</rp>");
        builder.CloseElement();
    }

    private static List<Part> Parse(string source)
    {
        List<Part> found = [];
        var read = 0;
        foreach (Match match in Braces().Matches(source))
        {
            if (match.Index > read)
            {
                found.Add(new Words(source[read..match.Index]));
            }

            found.Add(match.Groups["reading"] is { Success: true } reading
                ? new Ruby(match.Groups["base"].Value, reading.Value)
                : new Place(int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture),
                    match.Groups["format"] is { Success: true } format ? format.Value : null));
            read = match.Index + match.Length;
        }

        if (read < source.Length)
        {
            found.Add(new Words(source[read..]));
        }

        return found;
    }

    [GeneratedRegex(@"\{(?:(?<index>\d{1,2})(?::(?<format>[^{}|]+))?|(?<base>[^{}|]+)\|(?<reading>[^{}|]+))\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Braces();
}
