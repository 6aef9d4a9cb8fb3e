using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Identity;

internal static class SessionClaims
{
    public const string Session = "session";
    public const string Level = "level";

    /// <summary>When a card last confirmed the person, milliseconds of the Unix clock; absent when none did.</summary>
    public const string LastCard = "card";
}

/// <summary>Turns the session cookie into a principal and a <see cref="Viewer"/>; sends strangers to the login page.</summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Sessions sessions,
    ReturnPath returnPath,
    PortalSite site) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Style sheets and scripts are the same for everybody; asking the database who wants them would cost more than they do.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            return AuthenticateResult.NoResult();
        }

        if (Request.Cookies[site.CookieName(Sessions.CookieName)] is not { Length: > 0 } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (await sessions.FindAsync(token, Context.RequestAborted) is not { } viewer)
        {
            return AuthenticateResult.NoResult();
        }

        Context.Features.Set(viewer);

        // Antiforgery tokens stay valid when a session is replaced only if the principal has a stable NameIdentifier.
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, viewer.Citizen.ToString()),
                new Claim(SessionClaims.Session, viewer.Session.ToString()),
                new Claim(SessionClaims.Level, ((int)viewer.Level).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ],
            Scheme.Name);
        if (viewer.LastCardAt is { } lastCard)
        {
            identity.AddClaim(new Claim(SessionClaims.LastCard, lastCard.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (HttpMethods.IsGet(Request.Method) && !Context.OnlyLooks())
        {
            returnPath.Remember(Context);
        }

        Response.StatusCode = StatusCodes.Status303SeeOther;
        Response.Headers.Location = "/login";
        return Task.CompletedTask;
    }

    // What only a card can still give leads to the step-up page; everything else stays forbidden.
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var demands = Context.GetEndpoint()?.Metadata;
        var fresh = demands?.GetMetadata<RequiresFreshCardAttribute>();
        if (fresh is null && demands?.GetMetadata<RequiresLevelAttribute>() is not { Level: AssuranceLevel.CardWithPin })
        {
            return base.HandleForbiddenAsync(properties);
        }

        if (HttpMethods.IsGet(Request.Method) || fresh?.Back is null)
        {
            returnPath.Remember(Context);
        }
        else
        {
            returnPath.Remember(Context, fresh.Back);
        }

        Response.StatusCode = StatusCodes.Status303SeeOther;
        Response.Headers.Location = "/step-up";
        return Task.CompletedTask;
    }
}
