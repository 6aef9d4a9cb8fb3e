namespace MyPortal.Sandbox.CertificateAuthority;

/// <summary>OCSP over HTTP (RFC 6960 appendix A), one address per root.</summary>
internal static class AuthorityApi
{
    private const int LargestRequest = 8 * 1024;

    public static void MapOcsp(this IEndpointRouteBuilder routes, IssuingAuthority authority, TimeProvider clock, OcspFault fault = OcspFault.None) =>
        routes.MapPost("/ocsp/{kind}/{generation:int}", async (string kind, int generation, HttpRequest request, CancellationToken cancellationToken) =>
        {
            var root = authority.Roots.SingleOrDefault(r => r.Generation == generation && r.Kind.ToString().Equals(kind, StringComparison.OrdinalIgnoreCase));
            if (root is null) return Results.NotFound();
            if (request.ContentType is not "application/ocsp-request") return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            if (request.ContentLength is null or > LargestRequest) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            return Results.Bytes(new OcspResponder(authority, root, clock).Answer(body.ToArray(), fault), "application/ocsp-response");
        });
}
