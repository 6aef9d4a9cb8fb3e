using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using MyPortal.Kernel;

namespace MyPortal.Web;

/// <summary>
/// Reads what clients send. Whatever a stranger can put on the line ends as a refusal here; behind it only text and bytes of bounded
/// length exist, and nothing was written to a disk.
/// </summary>
internal static class IncomingBody
{
    /// <summary>Most bytes of what a page posts. Nothing that a person types into one of our forms comes near it.</summary>
    public const int LongestForm = 64 * 1024;

    /// <summary>Longest name of a field.</summary>
    public const int LongestKey = 200;

    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    private static async Task<Result<byte[]>> ReadBytesAsync(HttpContext http, int longest)
    {
        if (http.Request.ContentLength > longest)
        {
            return RequestErrors.TooLarge;
        }

        var reader = http.Request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(http.RequestAborted);
                if (read.Buffer.Length > longest)
                {
                    return RequestErrors.TooLarge;
                }

                if (read.IsCompleted)
                {
                    var bytes = read.Buffer.ToArray();
                    reader.AdvanceTo(read.Buffer.End);
                    return bytes;
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception exception) when (IsClients(exception))
        {
            return RefusalOf(exception);
        }
    }

    /// <summary>The exact bytes of a body of JSON in UTF-8 (RFC 8259 section 8.1), not parsed yet.</summary>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public static async Task<Result<byte[]>> ReadJsonAsync(HttpContext http, int longest) =>
        IsOf(http.Request.ContentType, Json) ? await ReadBytesAsync(http, longest) : RequestErrors.NotJson;

    /// <summary>Reads the form in the body; null when it is there, as <c>Request.Form</c>. A request without a body is an empty form.</summary>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public static async Task<Error?> ReadFormAsync(HttpContext http, int longest = LongestForm)
    {
        var request = http.Request;
        if (string.IsNullOrEmpty(request.ContentType) && http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            request.Form = FormCollection.Empty;
            return null;
        }

        // Multipart would be written to temporary files; other character sets have spellings of their own for what must not come in.
        if (!IsOf(request.ContentType, Form))
        {
            return RequestErrors.WrongMediaType;
        }

        if (request.ContentLength > longest)
        {
            return RequestErrors.TooLarge;
        }

        try
        {
            await request.ReadFormAsync(http.RequestAborted);
            return null;
        }
        catch (Exception exception) when (IsClients(exception))
        {
            return RefusalOf(exception);
        }
    }

    /// <summary>Whether a <c>Content-Type</c> names exactly this media type, in UTF-8 if it names a character set at all.</summary>
    public static bool IsOf(string? contentType, string mediaType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (type.Charset.Length is 0 || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    // Too many or too long fields; a NUL; a bad chunk, a slow sender; a line that was cut.
    private static bool IsClients(Exception exception) => exception is InvalidDataException or InvalidOperationException or BadHttpRequestException or IOException;

    private static Error RefusalOf(Exception exception) =>
        exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } ? RequestErrors.TooLarge : RequestErrors.Unreadable;
}
