using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using MyPortal.Data;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.App.ErrorPages;

/// <summary>
/// Answers that are only a status get a page that says what happened, what became of the input and what to do next; programs
/// get problem details. The pages are rendered on the spot and not by running the request again: whoever the visitor is would be
/// asked a second time, and that may be the very thing that failed.
/// </summary>
internal static class ErrorPageResponses
{
    /// <summary>The database does not do its work at the moment; what was sent may or may not have taken effect.</summary>
    public static readonly Error DatabaseUnavailable = new("database.unavailable", ErrorKind.Unavailable);

    private const int RetrySeconds = 120;
    private const int DatabaseRetrySeconds = 30;

    public static void UseTroublePages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => IsDatabaseTrouble(context) ? AnswerTroubleOfDatabaseAsync(context) : AnswerAsync(context, StatusOf(context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error)),
            // What a client sent wrong is answered and no trouble of ours.
            SuppressDiagnosticsCallback = crash => crash.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages(context => AnswerAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    private static bool IsDatabaseTrouble(HttpContext context) => DatabaseFailure.Of(context.Features.Get<IExceptionHandlerFeature>()?.Error) is not null;

    private static async Task AnswerTroubleOfDatabaseAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = DatabaseRetrySeconds.ToString(CultureInfo.InvariantCulture);
        if (FormProtection.IsProgram(context.Request.Path))
        {
            await DatabaseUnavailable.ToProblem().ExecuteAsync(context);
            return;
        }

        await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable);
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => StatusCodes.Status413PayloadTooLarge,
        BadHttpRequestException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static async Task AnswerAsync(HttpContext context, int status)
    {
        if (FormProtection.IsProgram(context.Request.Path))
        {
            await AnswerProgramAsync(context, status);
            return;
        }

        // The page that failed has used up the renderer of this request and announced itself; the next one needs its own.
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        context.Response.Headers.Remove("blazor-enhanced-nav");
        try
        {
            await RenderAsync(context, status);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    private static Task AnswerProgramAsync(HttpContext context, int status)
    {
        if (status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
        {
            var taken = context.RequestServices.GetRequiredService<TakenMethods>().At(context);
            status = taken.Count is 0 || taken.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase) ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = status is StatusCodes.Status405MethodNotAllowed ? string.Join(", ", taken) : default(Microsoft.Extensions.Primitives.StringValues);
        }

        return RequestErrors.Of(status).ToProblem(status: status).ExecuteAsync(context);
    }

    private static Task RenderAsync(HttpContext context, int status)
    {
        // An exception that unwinds the request takes its culture along.
        RequestLanguage.Apply(context.Request, context.RequestServices.GetRequiredService<PortalSite>());
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ErrorDocument.Kind)] = ErrorPageKind.Of(status),
            [nameof(ErrorDocument.Reference)] = context.TraceIdentifier,
            [nameof(ErrorDocument.Sent)] = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method),
            [nameof(ErrorDocument.Kept)] = context.Features.Get<KeptForm>(),
        };
        if (status is StatusCodes.Status503ServiceUnavailable && context.Response.Headers.RetryAfter.Count is 0)
        {
            context.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        }

        return new RazorComponentResult<ErrorDocument>(parameters) { StatusCode = status }.ExecuteAsync(context);
    }
}
