using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Features.Consents.Deciding;
using MyPortal.Features.Consents.Keeping;
using MyPortal.Features.Consents.Requesting;
using MyPortal.Features.Consents.SenderSettings;
using MyPortal.Features.Consents.Withdrawing;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Web;

namespace MyPortal.Features.Consents;

/// <summary>What browsers ask and post around consents, apart from the pages themselves.</summary>
internal static class ConsentsEndpoints
{
    private const string Ticket = "consent";
    private static readonly RequiresLevelAttribute Verified = new(AssuranceLevel.Verified);

    public static void MapConsentsEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/consents/start", StartAsync).AllowAnonymous().WithMetadata(AnonymousRateLimit.Mark);
        routes.MapGet("/consents/continue", ContinueAsync).WithMetadata(Verified);
        routes.MapPost("/consents/requests/{id:guid}/decide", DecideAsync).WithMetadata(Verified);
        routes.MapGet("/consents/requests/{id:guid}/return", ReturnAsync).WithMetadata(Verified);
        routes.MapGet("/consents/{id:guid}/receipt/file", FileAsync).WithMetadata(Verified);
        routes.MapPost("/consents/{id:guid}/end", EndAsync).WithMetadata(Verified);
        routes.MapPost("/consents/end-all", EndAllAsync).WithMetadata(Verified);
        routes.MapPost("/senders/{id:guid}/save", SaveSenderAsync).WithMetadata(Verified);
    }

    private static async Task<IResult> StartAsync(HttpContext http, StartConsent start, PortalSite site)
    {
        // A browser that looks ahead must not spend the address.
        if (http.OnlyLooks())
        {
            return Results.NoContent();
        }

        var taken = await start.TakeAsync(http.Request.Query["client_id"], http.Request.Query["request_uri"], http.RequestAborted);
        if (taken.IsRefused)
        {
            return ProblemResults.SeeOther(http, "/consents/problem");
        }

        http.Response.Cookies.Append(site.CookieName(Ticket), taken.Value, site.Cookie(ConsentVisit.SignInLife));
        return ProblemResults.SeeOther(http, "/consents/continue");
    }

    private static async Task<IResult> ContinueAsync(HttpContext http, StartConsent start, CurrentViewer viewer, PortalSite site)
    {
        // Nor take the request.
        if (http.OnlyLooks())
        {
            return Results.NoContent();
        }

        var claimed = await start.ClaimAsync(viewer.Required, http.Request.Cookies[site.CookieName(Ticket)], http.RequestAborted);
        http.Response.Cookies.Delete(site.CookieName(Ticket), site.Cookie());
        return ProblemResults.SeeOther(http, claimed.IsRefused ? "/consents/problem" : $"/consents/requests/{claimed.Value}");
    }

    private static async Task<IResult> DecideAsync(Guid id, HttpContext http, DecideConsent decide, CurrentViewer viewer)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var choice = new ConsentChoice(AnswerIn(form["answer"]), form["item"].OfType<string>().ToHashSet(StringComparer.Ordinal));
        var decided = await decide.ExecuteAsync(viewer.Required, ConsentId.From(id), choice, http.RequestAborted);
        return ProblemResults.SeeOther(http, decided switch
        {
            { IsRefused: false } => $"/consents/requests/{id}/done",
            { Error.Kind: ErrorKind.NotFound } => "/consents/problem",
            _ => $"/consents/requests/{id}",
        });
    }

    /// <summary>Null for anything that is not one of the three words.</summary>
    internal static ConsentAnswer? AnswerIn(string? word) => word switch
    {
        "agree" => ConsentAnswer.Agree,
        "refuse" => ConsentAnswer.Refuse,
        "later" => ConsentAnswer.Later,
        _ => null,
    };

    private static async Task<IResult> ReturnAsync(Guid id, HttpContext http, ReturnToBusiness back, CurrentViewer viewer)
    {
        // Nor make the code that works once.
        if (http.OnlyLooks())
        {
            return Results.NoContent();
        }

        var address = await back.ExecuteAsync(viewer.Required, ConsentId.From(id), http.RequestAborted);
        if (address.IsRefused)
        {
            return ProblemResults.SeeOther(http, "/consents/problem");
        }

        // The address carries a code that works once; nobody behind the business shall learn it.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return ProblemResults.SeeOther(http, address.Value);
    }

    private static async Task<IResult> FileAsync(Guid id, HttpContext http, ReadConsent read, CurrentViewer viewer)
    {
        var consent = await read.ExecuteAsync(viewer.Required, ConsentId.From(id), http.RequestAborted);
        return consent.IsRefused || consent.Value.Receipt is not { } receipt
            ? ProblemResults.SeeOther(http, "/consents/problem")
            : Results.File(JsonSerializer.SerializeToUtf8Bytes(receipt, ContractJson.Options), "application/json", $"consent-receipt-{id}.json");
    }

    private static async Task<IResult> EndAsync(Guid id, HttpContext http, WithdrawConsents withdraw, CurrentViewer viewer)
    {
        var ended = await withdraw.ExecuteAsync(viewer.Required, ConsentId.From(id), http.RequestAborted);
        return ProblemResults.SeeOther(http, ended.IsRefused ? "/consents/problem" : $"/consents/{id}?done=withdrawn");
    }

    private static async Task<IResult> EndAllAsync(HttpContext http, WithdrawConsents withdraw, CurrentViewer viewer)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var kept = form["keep"].Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).ToHashSet();
        await withdraw.AllAsync(viewer.Required, kept, http.RequestAborted);
        return ProblemResults.SeeOther(http, "/consents?tab=over&done=stopped");
    }

    private static async Task<IResult> SaveSenderAsync(Guid id, HttpContext http, SenderChoices choices, CurrentViewer viewer)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var service = Guid.TryParse(form["service"], out var found) ? found : Guid.Empty;
        var saved = await choices.SaveAsync(viewer.Required, SenderId.From(id), SenderServiceId.From(service), form["receive"] == "true", form["announce"] == "true", form["opened"] == "true", http.RequestAborted);
        return ProblemResults.SeeOther(http, saved.IsRefused ? "/senders" : $"/senders/{id}?done=saved");
    }
}
