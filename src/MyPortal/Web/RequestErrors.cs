using MyPortal.Kernel;

namespace MyPortal.Web;

/// <summary>Refusals of requests that no feature gets to see. Codes are published in docs/sender-api.md.</summary>
internal static class RequestErrors
{
    /// <summary>The body broke off, is cut, is not what its headers say, or holds what no text may hold.</summary>
    public static readonly Error Unreadable = new("request.unreadable", ErrorKind.Invalid);
    public static readonly Error TooLarge = new("request.too-large", ErrorKind.Invalid);
    public static readonly Error NotJson = new("request.not-json", ErrorKind.Invalid);
    public static readonly Error MalformedJson = new("request.malformed-json", ErrorKind.Invalid);

    /// <summary>A member that must be there is not.</summary>
    public static readonly Error FieldMissing = new("request.field-missing", ErrorKind.Invalid);

    /// <summary>A word that is none of those that may stand there.</summary>
    public static readonly Error WordUnknown = new("request.word-unknown", ErrorKind.Invalid);
    public static readonly Error WrongMediaType = new("request.wrong-media-type", ErrorKind.Invalid);
    public static readonly Error UnknownAddress = new("request.unknown-address", ErrorKind.NotFound);
    public static readonly Error WrongMethod = new("request.wrong-method", ErrorKind.Invalid);
    public static readonly Error NotAllowed = new("request.not-allowed", ErrorKind.Forbidden);
    public static readonly Error TooMany = new("request.too-many", ErrorKind.Unavailable);

    /// <summary>Broken on our side; whether it took effect is not known.</summary>
    public static readonly Error Failed = new("server.failed", ErrorKind.Unavailable);
    public static readonly Error Unavailable = new("server.unavailable", ErrorKind.Unavailable);

    /// <summary>The HTTP status of one of these refusals; of any other the one of its kind.</summary>
    public static int StatusOf(Error error) => error switch
    {
        _ when error == TooLarge => StatusCodes.Status413PayloadTooLarge,
        _ when error == WrongMediaType || error == NotJson => StatusCodes.Status415UnsupportedMediaType,
        _ when error == WrongMethod => StatusCodes.Status405MethodNotAllowed,
        _ when error == TooMany => StatusCodes.Status429TooManyRequests,
        _ when error == Failed => StatusCodes.Status500InternalServerError,
        _ => error.Kind.ToStatus(),
    };

    /// <summary>The refusal that an answer without a body stands for.</summary>
    public static Error Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => NotAllowed,
        StatusCodes.Status404NotFound or StatusCodes.Status410Gone => UnknownAddress,
        StatusCodes.Status405MethodNotAllowed => WrongMethod,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => WrongMediaType,
        StatusCodes.Status429TooManyRequests => TooMany,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= StatusCodes.Status500InternalServerError => Failed,
        _ => Unreadable,
    };
}
