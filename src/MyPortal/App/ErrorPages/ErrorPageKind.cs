namespace MyPortal.App.ErrorPages;

/// <summary>A kind of trouble that has words of its own. Other statuses are told as the nearest kind.</summary>
/// <param name="TextKey">First part of its text keys.</param>
/// <param name="OnOurSide">Whether the fault is ours; then the page leans on nothing that may have failed.</param>
/// <param name="MayHaveHappened">Whether a post that ended this way may have taken effect.</param>
public sealed record ErrorPageKind(string TextKey, bool OnOurSide = false, bool MayHaveHappened = false)
{
    internal static ErrorPageKind Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => new("403"),
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => new("404"),
        StatusCodes.Status410Gone => new("410"),
        StatusCodes.Status413PayloadTooLarge => new("413"),
        StatusCodes.Status429TooManyRequests => new("429"),
        StatusCodes.Status503ServiceUnavailable => new("503", OnOurSide: true, MayHaveHappened: true),
        >= StatusCodes.Status500InternalServerError => new("500", OnOurSide: true, MayHaveHappened: true),
        _ => new("400"),
    };
}
