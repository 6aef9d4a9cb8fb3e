using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.Senders.Public;

/// <summary>How a call is answered whose caller is not known, not allowed or too busy (RFC 6750 section 3).</summary>
internal static class CallerRefusal
{
    private const string Scheme = "Bearer";

    /// <summary>Answers a refusal of <see cref="ISenderAuthenticator"/>.</summary>
    /// <param name="http">The call.</param>
    /// <param name="error">The refusal.</param>
    /// <param name="scope">What the call needed.</param>
    public static IResult Answer(HttpContext http, Error error, string scope)
    {
        // Whoever brings no token at all has made no mistake that could be named.
        var challenge = error switch
        {
            _ when error == SenderErrors.MissingBearer => Scheme,
            _ when error == SenderErrors.InvalidBearer => $"{Scheme} error=\"invalid_token\"",
            _ when error == SenderErrors.InsufficientScope => $"{Scheme} error=\"insufficient_scope\", scope=\"{scope}\"",
            _ => null,
        };
        if (challenge is null)
        {
            return error.ToProblem(status: RequestErrors.StatusOf(error));
        }

        http.Response.Headers.WWWAuthenticate = challenge;
        return error.ToProblem(status: error == SenderErrors.InsufficientScope ? null : StatusCodes.Status401Unauthorized);
    }
}
