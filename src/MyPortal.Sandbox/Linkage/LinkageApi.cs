using System.Text.Json;
using Microsoft.Net.Http.Headers;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.Linkage;
using MyPortal.Sandbox.CertificateAuthority;

namespace MyPortal.Sandbox.Linkage;

/// <summary>The issuer's linkage service: do two certificates belong to one person?</summary>
internal static class LinkageApi
{
    public static void MapLinkage(this IEndpointRouteBuilder routes, IssuingAuthority authority) =>
        routes.MapPost("/v1/pairs", async (HttpRequest request, CancellationToken cancellationToken) =>
        {
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            {
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            }

            try
            {
                var question = await request.ReadFromJsonAsync<CertificatePairQuestion>(ContractJson.Options, cancellationToken);
                return question is null ? Results.BadRequest() : Results.Json(new CertificatePairAnswer(Compare(authority, question)), ContractJson.Options);
            }
            catch (JsonException)
            {
                return Results.BadRequest();
            }
        });

    private static CertificatePairResult Compare(IssuingAuthority authority, CertificatePairQuestion question)
    {
        var authentication = Find(authority, CertificateKind.Authentication, question.Authentication);
        var signature = Find(authority, CertificateKind.Signature, question.Signature);
        if (authentication is null || signature is null) return CertificatePairResult.Unknown;
        return authentication.Holder == signature.Holder ? CertificatePairResult.SamePerson : CertificatePairResult.DifferentPeople;
    }

    private static IssuedEntry? Find(IssuingAuthority authority, CertificateKind kind, CertificateReference reference) =>
        authority.Roots.SingleOrDefault(r => r.Kind == kind && r.IssuerKey == reference.IssuerKey) is { } root ? authority.Find(root, reference.Serial) : null;
}
