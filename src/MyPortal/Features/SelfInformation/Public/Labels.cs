using MyPortal.Contracts.Hub;
using MyPortal.Ui;

namespace MyPortal.Features.SelfInformation.Public;

/// <summary>Words that travel with the matrix, in the language of the page.</summary>
internal static class Labels
{
    /// <summary>The label in the language of the request being answered.</summary>
    public static string Spoken(this Label label) =>
        Language.Current == Language.English ? label.En : Language.Current == Language.EasyJapanese ? label.Easy : label.Ja;
}
