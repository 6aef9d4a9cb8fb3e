using System.Text;

namespace MyPortal.Kernel;

/// <summary>
/// Compares names as they are written. Width, compatibility forms, spaces and the chosen form of a character (its variation selector)
/// are ways of writing; another character is another name: 葛城 is 葛󠄀城, and 高 is not 髙.
/// </summary>
internal static class WrittenName
{
    /// <summary>Whether two texts are the same name; an empty one is nobody's.</summary>
    public static bool AreSame(string one, string other) => Bare(one) is { Length: > 0 } name && string.Equals(name, Bare(other), StringComparison.Ordinal);

    /// <summary>The characters of a name alone.</summary>
    public static string Bare(string name)
    {
        // A selector between two characters would keep them from being composed, so it goes first.
        var bare = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (!ReadableText.IsVariationSelector(rune))
            {
                bare.Append(rune);
            }
        }

        return string.Concat(bare.ToString().Normalize(NormalizationForm.FormKC).Where(character => !char.IsWhiteSpace(character)));
    }
}
