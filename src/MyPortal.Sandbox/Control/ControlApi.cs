using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.HttpResults;
using MyPortal.Contracts;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Roles;
using MyPortal.Sandbox.Senders.Events;
using MyPortal.Sandbox.VirtualCard;
using MyPortal.Sandbox.Seeding;

namespace MyPortal.Sandbox.Control;

/// <summary>What the control page and programs can do to the sandbox. A browser is sent back to the page, a program gets JSON.</summary>
internal static class ControlApi
{
    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok());
        routes.MapGet("/", () => new RazorComponentResult<ControlPage>());
        routes.MapGet("/control.css", () => Results.Text(ControlStyle.Css, "text/css; charset=utf-8"));
        routes.MapGet("/control/world", (SeedProgress board) => Results.Json(board.Progress, ContractJson.Options));
        routes.MapGet("/control/events", (EventInbox inbox) => Results.Json(inbox.Events, ContractJson.Options));
        routes.MapPost("/control/{role}/{act:regex(\\A(start|stop)\\z)}", SwitchAsync);
        routes.MapPost("/control/{role}/trouble", Trouble);
        routes.MapPost("/control/cards/{id}/notices", PostNoticesAsync);
        routes.MapPost("/control/cards/{id}/revoke", Revoke);
        routes.MapPost("/control/cards/{id}/restore", Restore);
        routes.MapPost("/control/cards/{id}/unlock", Unlock);
    }

    private static async Task<IResult> SwitchAsync(string role, string act, RoleBoard board, HttpRequest request, CancellationToken cancellationToken)
    {
        if (board.Find(role) is not { } found) return Results.NotFound();
        if (act is "start") await found.StartAsync(cancellationToken);
        else await found.StopAsync(cancellationToken);
        return Answer(request, new { role, found.IsRunning });
    }

    private static IResult Trouble(string role, string? kind, RoleBoard board, HttpRequest request)
    {
        if (board.Find(role)?.Trouble is not { } trouble) return Results.NotFound();
        if (FaultInjection.Read(kind) is not { } wanted) return Results.BadRequest();
        trouble.Kind = wanted;
        return Answer(request, new { role, trouble = kind });
    }

    private static async Task<IResult> PostNoticesAsync(string id, IReadOnlyList<TestPerson> cast, NoticeRound round, HttpRequest request, CancellationToken cancellationToken)
    {
        if (Find(cast, id) is not { } member) return Results.NotFound();
        try
        {
            var posted = await round.PostFreshAsync(member.Person, cancellationToken);
            return posted is null ? Results.Problem("This person has no account yet.", statusCode: StatusCodes.Status409Conflict) : Answer(request, posted);
        }
        catch (Exception trouble) when (trouble is HttpRequestException or SeedingException)
        {
            return Results.Problem(trouble.Message, statusCode: StatusCodes.Status502BadGateway);
        }
    }

    private static IResult Revoke(string id, string? reason, IReadOnlyList<TestPerson> cast, IssuingAuthority authority, HttpRequest request)
    {
        if (Find(cast, id) is not { } member) return Results.NotFound();
        if (!Enum.TryParse(reason ?? nameof(X509RevocationReason.KeyCompromise), ignoreCase: true, out X509RevocationReason why)) return Results.BadRequest();
        var serial = member.Card.Contents.Authentication.Serial;
        authority.Revoke(serial, why);
        return Answer(request, new { card = id, serial });
    }

    private static IResult Restore(string id, IReadOnlyList<TestPerson> cast, IssuingAuthority authority, HttpRequest request)
    {
        if (Find(cast, id) is not { } member) return Results.NotFound();
        var serial = member.Card.Contents.Authentication.Serial;
        authority.Restore(serial);
        return Answer(request, new { card = id, serial });
    }

    /// <summary>What the municipal counter does: full counters again, the PIN stays.</summary>
    private static IResult Unlock(string id, IReadOnlyList<TestPerson> cast, HttpRequest request)
    {
        if (Find(cast, id) is not { } member) return Results.NotFound();
        member.Card.Pin.SetTries(CardSecret.AuthenticationTries);
        if (member.Card.Contents.Signature is not null) member.Card.SignaturePassword.SetTries(CardSecret.SignatureTries);
        return Answer(request, new { card = id });
    }

    private static TestPerson? Find(IReadOnlyList<TestPerson> cast, string id) => cast.SingleOrDefault(m => m.Person.Id == id);

    private static IResult Answer(HttpRequest request, object result) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) ? BackToThePage() : Results.Json(result, ContractJson.Options);

    private static RedirectHttpResult BackToThePage() => TypedResults.Redirect("/", permanent: false, preserveMethod: false);
}
