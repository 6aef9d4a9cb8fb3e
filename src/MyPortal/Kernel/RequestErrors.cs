namespace MyPortal.Kernel;

/// <summary>Refusals of a body, before anybody asks what it says. Codes are published in docs/sender-api.md.</summary>
internal static class RequestErrors
{
    public static readonly Error NotJson = new("request.not-json", ErrorKind.Invalid);
    public static readonly Error TooLarge = new("request.too-large", ErrorKind.Invalid);
    public static readonly Error MalformedJson = new("request.malformed-json", ErrorKind.Invalid);

    /// <summary>A member that must be there is not.</summary>
    public static readonly Error FieldMissing = new("request.field-missing", ErrorKind.Invalid);

    /// <summary>A word that is none of those that may stand there.</summary>
    public static readonly Error WordUnknown = new("request.word-unknown", ErrorKind.Invalid);
}
