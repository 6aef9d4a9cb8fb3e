using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Transactions;

/// <summary>
/// The posted form. Read from bytes by hand, because the framework's form reader would leave the PIN behind in strings that nobody
/// can clear. What the web server itself read stays in its pooled buffers until they are used again; it offers no way to clear them.
/// </summary>
internal sealed class SignForm : IDisposable
{
    private const int LongestBody = 4096;

    public string Token { get; private set; } = "";

    public string Card { get; private set; } = "";

    /// <summary>The person knows that this may be the last try.</summary>
    public bool LastTry { get; private set; }

    private Secret Pin { get; set; } = Secret.Read([]);

    private Secret Password { get; set; } = Secret.Read([]);

    public Secret this[CertificateKind kind] => kind == CertificateKind.Authentication ? Pin : Password;

    /// <summary>Reads the body; null when it is no form of ours.</summary>
    public static async Task<SignForm?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "application/x-www-form-urlencoded") return null;

        var body = new byte[LongestBody];
        try
        {
            var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            return length == body.Length ? null : Parse(body.AsSpan(0, length));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    public void Dispose()
    {
        Pin.Dispose();
        Password.Dispose();
    }

    private static SignForm Parse(Span<byte> body)
    {
        var form = new SignForm();
        while (!body.IsEmpty)
        {
            var end = body.IndexOf((byte)'&');
            var pair = end < 0 ? body : body[..end];
            body = end < 0 ? [] : body[(end + 1)..];
            var equals = pair.IndexOf((byte)'=');
            if (equals > 0) form.Take(Encoding.ASCII.GetString(pair[..equals]), Unescape(pair[(equals + 1)..]));
        }

        return form;
    }

    private void Take(string field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case FieldNames.Token: Token = Encoding.UTF8.GetString(value); break;
            case FieldNames.Card: Card = Encoding.UTF8.GetString(value); break;
            case FieldNames.LastTry: LastTry = value.Length > 0; break;
            case FieldNames.Pin: Pin.Dispose(); Pin = Secret.Read(value); break;
            case FieldNames.Password: Password.Dispose(); Password = Secret.Read(value); break;
            default: break;
        }
    }

    // In place, so that the body is the only buffer to clear.
    private static ReadOnlySpan<byte> Unescape(Span<byte> value)
    {
        var written = 0;
        for (var read = 0; read < value.Length; read++)
        {
            var isEscape = value[read] == '%' && read + 2 < value.Length;
            if (isEscape && byte.TryParse(value.Slice(read + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                value[written++] = escaped;
                read += 2;
            }
            else
            {
                value[written++] = value[read] == '+' ? (byte)' ' : value[read];
            }
        }

        return value[..written];
    }
}

/// <summary>Names of the form's fields: an agreement with everyone who drives the agent by program.</summary>
internal static class FieldNames
{
    public const string Token = "token";
    public const string Card = "card";
    public const string Pin = "pin";
    public const string Password = "password";
    public const string LastTry = "lastTry";

    public static string Of(CertificateKind kind) => kind == CertificateKind.Authentication ? Pin : Password;
}
