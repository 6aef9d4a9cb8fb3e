using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MyPortal.App.Trouble;

/// <summary>
/// Answers that are only a status get a page that says what happened, what became of the input and what to do next; programs
/// get problem details. The pages are rendered on the spot and not by running the request again: whoever the visitor is would be
/// asked a second time, and that may be the very thing that failed.
/// </summary>
internal static class TroublePages
{
    public static void UseTroublePages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => AnswerAsync(context, StatusCodes.Status500InternalServerError),
        });
        app.UseStatusCodePages(context => AnswerAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    private static Task AnswerAsync(HttpContext context, int status)
    {
        if (FormProtection.IsProgram(context.Request.Path))
        {
            return TypedResults.Problem(statusCode: status).ExecuteAsync(context);
        }

        // The middleware above forgets the culture when an exception unwinds it.
        RequestLanguage.Apply(context.Request);
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(TroubleDocument.Kind)] = TroubleKind.Of(status),
            [nameof(TroubleDocument.Reference)] = context.TraceIdentifier,
            [nameof(TroubleDocument.Sent)] = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method),
        };
        if (status is StatusCodes.Status503ServiceUnavailable && context.Response.Headers.RetryAfter.Count is 0)
        {
            context.Response.Headers.RetryAfter = TroubleKind.RetrySeconds.ToString(CultureInfo.InvariantCulture);
        }

        return new RazorComponentResult<TroubleDocument>(parameters) { StatusCode = status }.ExecuteAsync(context);
    }
}
