using System.Globalization;
using MyPortal.Kernel;

namespace MyPortal.App;

/// <summary><c>/.well-known/security.txt</c> (RFC 9116): whom somebody tells who found a hole. It is there once <c>Portal:SecurityContact</c> is set.</summary>
internal static class SecurityContact
{
    private const string Setting = "Portal:SecurityContact";
    private const string Path = "/.well-known/security.txt";

    // The standard wants less than a year; who reads it shall know that somebody still keeps it.
    private const int DaysGood = 90;

    /// <summary>Maps the file.</summary>
    /// <exception cref="InvalidOperationException">The setting is no address to write or call to.</exception>
    public static void MapSecurityContact(this WebApplication app)
    {
        var contact = app.Configuration[Setting];
        if (!string.IsNullOrEmpty(contact) && !(Uri.TryCreate(contact, UriKind.Absolute, out var address) && address.Scheme is "mailto" or "https" or "tel"))
        {
            throw new InvalidOperationException($"{Setting} is '{contact}'; it must be an address such as mailto:security@portal.example or https://portal.example/security.");
        }

        app.MapGet(Path, (PortalSite site, TimeProvider clock) => string.IsNullOrEmpty(contact)
            ? Results.NotFound()
            : Results.Text(TextOf(contact, site, clock.GetUtcNow()), "text/plain; charset=utf-8"));
    }

    private static string TextOf(string contact, PortalSite site, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"Contact: {contact}\nExpires: {now.UtcDateTime.Date.AddDays(DaysGood):yyyy-MM-dd'T'HH:mm:ss'Z'}\nPreferred-Languages: ja, en\nCanonical: {site.OriginText}{Path}\n");
}
