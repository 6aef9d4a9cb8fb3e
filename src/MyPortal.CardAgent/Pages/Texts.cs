using System.Text.Json;
using System.Text.RegularExpressions;

namespace MyPortal.CardAgent.Pages;

/// <summary>
/// Sentences of one language, from <c>Texts.{tag}.json</c>. In a sentence <c>{name}</c> is a value and <c>{漢字|かんじ}</c> is furigana.
/// </summary>
internal sealed partial class Texts
{
    private static readonly Dictionary<string, Texts> Loaded = Language.All.ToDictionary(language => language.Tag, language => new Texts(language), StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sentences;

    private Texts(Language language)
    {
        using var file = typeof(Texts).Assembly.GetManifestResourceStream($"Texts.{language.Tag}.json")!;
        _sentences = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }

    public IReadOnlyCollection<string> Keys => _sentences.Keys;

    public static Texts In(Language language) => Loaded[language.Tag];

    public bool Has(string key) => _sentences.ContainsKey(key);

    /// <summary>The sentence as markup, with furigana.</summary>
    public Html this[string key, params ReadOnlySpan<(string Name, string Value)> values]
    {
        get
        {
            var sentence = _sentences[key];
            var parts = new List<Html>();
            var position = 0;
            foreach (Match hole in Hole.Matches(sentence))
            {
                parts.Add(Html.Of($"{sentence[position..hole.Index]}"));
                position = hole.Index + hole.Length;
                var word = hole.Groups["word"].Value;
                parts.Add(hole.Groups["reading"] is { Success: true } reading
                    ? Html.Of($"<ruby>{word}<rp>（</rp><rt>{reading.Value}</rt><rp>）</rp></ruby>")
                    : Html.Of($"{ValueOf(word, values)}"));
            }

            parts.Add(Html.Of($"{sentence[position..]}"));
            return Html.Join(parts);
        }
    }

    /// <summary>The sentence for places that take no markup, such as the title: without furigana and values.</summary>
    public string Plain(string key) => Hole.Replace(_sentences[key], hole => hole.Groups["word"].Value);

    private static string ValueOf(string name, ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (known, value) in values)
        {
            if (known == name) return value;
        }

        throw new KeyNotFoundException($"The sentence asks for '{name}'.");
    }

    [GeneratedRegex(@"\{(?<word>[^{}|]+)(\|(?<reading>[^{}|]+))?\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole { get; }
}
