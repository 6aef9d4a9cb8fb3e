using MyPortal.Kernel;

namespace MyPortal.App;

/// <summary>What a person typed into a form that was refused before anybody looked at it. The page that says so hands it back, ready to be sent again.</summary>
/// <param name="Action">Address of the form: a local path.</param>
/// <param name="Fields">Names and values, without token and secrets.</param>
public sealed record KeptForm(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    private static readonly string[] Secrets = ["__RequestVerificationToken", "pin", "password", "secret"];

    /// <summary>
    /// Keeps the form of the request for the page that answers it. Only what a page of ours sent: another site could put words into
    /// it, and our page would ask the person to send them.
    /// </summary>
    internal static void Keep(HttpContext context, PortalSite site)
    {
        if (context.Request.HasFormContentType && IsFromOwnPage(context, site))
        {
            context.Features.Set(new KeptForm(context.Request.Path + context.Request.QueryString, [.. FieldsOf(context.Request.Form)]));
        }
    }

    /// <summary>Whether the browser says that a page of this origin sent the request. Programs say what they like.</summary>
    internal static bool IsFromOwnPage(HttpContext context, PortalSite site) =>
        context.Request.Headers.Origin is [{ } origin] && string.Equals(origin, site.OriginText, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, string>> FieldsOf(IFormCollection form) =>
        from field in form
        where !Array.Exists(Secrets, secret => field.Key.Contains(secret, StringComparison.OrdinalIgnoreCase))
        from value in (IEnumerable<string?>)field.Value
        where value is not null && !value.Contains("PRIVATE KEY", StringComparison.Ordinal)
        select KeyValuePair.Create(field.Key, value);
}
