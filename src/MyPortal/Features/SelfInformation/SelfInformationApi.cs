using System.Globalization;
using MyPortal.Features.SelfInformation.Public;
using MyPortal.Identity;
using MyPortal.Web;

namespace MyPortal.Features.SelfInformation;

/// <summary>What the pages of the own information post.</summary>
internal static class SelfInformationApi
{
    /// <summary>Told on the page of the answers: they could not be erased here.</summary>
    public const string NotErased = "not-erased";

    public static void MapSelfInformationApi(this IEndpointRouteBuilder routes)
    {
        var level = new RequiresLevelAttribute(AssuranceLevel.Verified);
        routes.MapPost("/self-info/start", StartAsync).WithMetadata(level);
        routes.MapPost("/self-info/results/{id:guid}/{number:int}/retry", RetryAsync).WithMetadata(level);
        routes.MapPost("/self-info/results/{id:guid}/erase", Erase).WithMetadata(level);
    }

    private static async Task<IResult> StartAsync(HttpContext http, IInquiryBatches runs, CurrentViewer viewer)
    {
        var chosen = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["theme"].ToHashSet(StringComparer.Ordinal) : [];
        var started = await runs.StartAsync(viewer.Required, InquiryKind.SelfInformation, row => ListThemes.IsOffered(row) && chosen.Contains(row.Theme), http.RequestAborted);
        return ProblemResults.SeeOther(http, started.IsRefused ? $"/self-info?problem={started.Error.Code}{TickedAgain(chosen)}" : ResultsOf(started.Value.Id));
    }

    // What was ticked stays ticked. Only what looks like a name of the matrix goes into the address.
    private static string TickedAgain(IEnumerable<string?> themes) =>
        string.Concat(themes.OfType<string>().Where(theme => theme.Length is > 0 and <= 60 && theme.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-')).Take(20).Select(theme => $"&theme={theme}"));

    private static async Task<IResult> RetryAsync(Guid id, int number, HttpContext http, IInquiryBatches runs, CurrentViewer viewer)
    {
        if (runs.IsElsewhere(id))
        {
            return ProblemResults.SeeOther(http, ResultsOf(id));
        }

        if (runs.Find(viewer.Required, InquiryKind.SelfInformation, id)?.Find(number) is null)
        {
            return Results.NotFound();
        }

        // Pressed twice, or answered in the meantime: the page shows how it stands now.
        await runs.RetryAsync(viewer.Required, InquiryKind.SelfInformation, id, number, http.RequestAborted);
        return ProblemResults.SeeOther(http, string.Create(CultureInfo.InvariantCulture, $"{ResultsOf(id)}#card-{number}"));
    }

    private static IResult Erase(Guid id, HttpContext http, IInquiryBatches runs, CurrentViewer viewer)
    {
        // Another process has the answers: that they are gone is more than this one knows.
        if (runs.IsElsewhere(id))
        {
            return ProblemResults.SeeOther(http, $"{ResultsOf(id)}?problem={NotErased}");
        }

        // What was erased twice is erased; and nobody learns whether somebody else has a run.
        runs.Erase(viewer.Required, InquiryKind.SelfInformation, id);
        http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return ProblemResults.SeeOther(http, "/self-info?done=erased");
    }

    private static string ResultsOf(Guid id) => $"/self-info/results/{id:D}";
}
