namespace MyPortal.Sandbox.Senders.Events;

/// <summary>The webhooks of the sandbox's senders.</summary>
internal static class EventsApi
{
    /// <summary>Where a sender is told, below the address of the role.</summary>
    public static Uri AddressOf(Uri role, string sender) => new(role, $"/{sender}/events");

    public static void MapEvents(this IEndpointRouteBuilder routes, Uri role, EventInbox inbox) =>
        routes.MapPost("/{sender:maxlength(40)}/events", async (string sender, HttpRequest request, CancellationToken cancellationToken) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            var fault = await inbox.TakeAsync(sender, ArrivedMessage.From(AddressOf(role, sender), request.Headers, body.ToArray()), cancellationToken);
            return fault is null ? Results.NoContent() : Results.Problem(fault, statusCode: StatusCodes.Status401Unauthorized);
        });
}
