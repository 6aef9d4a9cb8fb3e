using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Components;

namespace MyPortal.Ui;

/// <summary>
/// The texts of one room in the language of the request. <typeparamref name="TTexts"/> is the empty class beside the room's
/// <c>.resx</c> files (<c>X.resx</c> Japanese, <c>X.en.resx</c>, <c>X.easy.resx</c>).
/// </summary>
/// <remarks>In a page: <c>@inject PageText&lt;HomeTexts&gt; T</c>, then <c>@T["home.title"]</c> or <c>title="@T.Plain("home.title")"</c>.</remarks>
internal sealed class PageText<TTexts>(IHostEnvironment? environment = null, ILogger<PageText<TTexts>>? logger = null)
{
    // One per room for the life of the process: it keeps the opened resource sets.
    private readonly ResourceManager resources = new(typeof(TTexts));

    /// <summary>The text as markup, with readings above difficult words in easy Japanese.</summary>
    public RenderFragment this[string key, params object?[] arguments] => Pattern(key).ToMarkup(arguments);

    /// <summary>The text without markup, for titles and attributes.</summary>
    public string Plain(string key, params object?[] arguments) => Pattern(key).ToPlain(arguments);

    /// <summary>Whether the room has this text; for keys that are put together from codes.</summary>
    public bool Has(string key) => resources.GetString(key, CultureInfo.CurrentUICulture) is not null;

    private TextPattern Pattern(string key)
    {
        if (resources.GetString(key, CultureInfo.CurrentUICulture) is { } text)
        {
            return TextPattern.Of(text);
        }

        // A citizen is better served by a page with one odd word than by no page; everybody else must hear about it at once.
        if (environment is null || !environment.IsProduction())
        {
            throw new MissingManifestResourceException($"{typeof(TTexts).Name} has no text '{key}'");
        }

        logger?.LogError("Text {TextKey} is missing in {Texts}", key, typeof(TTexts).Name);
        return TextPattern.Of(key);
    }
}
