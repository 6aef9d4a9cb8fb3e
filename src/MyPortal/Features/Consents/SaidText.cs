using Microsoft.AspNetCore.Components;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Ui;

namespace MyPortal.Features.Consents;

/// <summary>Words of a business with the language they are in.</summary>
/// <param name="Text">The words.</param>
/// <param name="Lang">Value of the attribute <c>lang</c>.</param>
public sealed record SaidText(string Text, string Lang)
{
    /// <summary>The words marked with their language, and for readers of another one with the word that they are Japanese only.</summary>
    public RenderFragment Markup => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "lang", Lang);
        builder.AddContent(2, Text);
        builder.CloseElement();
    };

    /// <summary>The words where they stand alone: who reads English is told when they are Japanese.</summary>
    public RenderFragment Marked => builder =>
    {
        builder.OpenComponent<SaidWords>(0);
        builder.AddAttribute(1, nameof(SaidWords.Text), Text);
        builder.AddAttribute(2, nameof(SaidWords.Lang), Lang);
        builder.CloseComponent();
    };

    /// <summary>A registered name within a sentence: there is one, and it is Japanese whatever the language of the page.</summary>
    public static RenderFragment InJapanese(string name) => new SaidText(name, "ja").Markup;

    /// <summary>The words in the language of the page, else in Japanese, which every request has.</summary>
    public static SaidText Of(IReadOnlyList<ConsentText> texts)
    {
        var name = Language.Current == Language.English ? "en" : Language.Current == Language.EasyJapanese ? "ja-Hira" : "ja";
        var said = texts.FirstOrDefault(text => text.Language == name) ?? texts.First(text => text.Language is "ja");
        return new SaidText(said.Text, said.Language is "en" ? "en" : "ja");
    }
}
