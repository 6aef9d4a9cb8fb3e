using Microsoft.Net.Http.Headers;

namespace MyPortal.Kernel;

/// <summary>A refusal of a body with its HTTP status.</summary>
internal sealed record BodyRefusal(Error Error, int Status);

/// <summary>Reads bodies of JSON. One place, so that every door takes the same media type.</summary>
internal static class JsonBody
{
    /// <summary>The exact bytes, or why there are none.</summary>
    public static async Task<(byte[]? Bytes, BodyRefusal? Refusal)> ReadAsync(HttpContext http)
    {
        if (!IsJson(http.Request.ContentType))
        {
            return (null, new BodyRefusal(RequestErrors.NotJson, StatusCodes.Status415UnsupportedMediaType));
        }

        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            return (body.ToArray(), null);
        }
        catch (BadHttpRequestException exception)
        {
            return (null, exception.StatusCode is StatusCodes.Status413PayloadTooLarge
                ? new BodyRefusal(RequestErrors.TooLarge, exception.StatusCode)
                : new BodyRefusal(RequestErrors.MalformedJson, StatusCodes.Status400BadRequest));
        }
    }

    /// <summary>Whether a media type is JSON itself, in UTF-8 (RFC 8259 section 8.1), and not one that only begins or ends like it.</summary>
    public static bool IsJson(string? mediaType) =>
        MediaTypeHeaderValue.TryParse(mediaType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
