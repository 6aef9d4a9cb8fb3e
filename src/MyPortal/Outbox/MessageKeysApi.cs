using MyPortal.Contracts;
using MyPortal.Contracts.SenderApi;

namespace MyPortal.Outbox;

/// <summary><c>GET /api/v1/message-keys</c>: the public key under which messages of this portal are checked.</summary>
internal static class MessageKeysApi
{
    public const string Path = "/api/v1/message-keys";

    public static void MapMessageKeys(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, (MessageKey key) => Results.Json(
            new MessageKeySet([new MessageKeyEntry("EC", "P-256", key.X, key.Y, key.Id, "sig", "ES256")]),
            ContractJson.Options)).AllowAnonymous();
}
