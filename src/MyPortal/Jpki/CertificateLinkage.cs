using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Linkage;
using MyPortal.Kernel;

namespace MyPortal.Jpki;

/// <summary>The issuer's linkage service: which certificates belong to one person.</summary>
internal interface ICertificateLinkage
{
    /// <summary>Whether both certificates belong to one person. A service that cannot be asked is a refusal of its own, not a "no".</summary>
    Task<Result<bool>> AreOnePersonAsync(CertificateIdentity authentication, CertificateIdentity signature, CancellationToken cancellationToken);
}

/// <summary>Section <c>CertificateLinkage</c>.</summary>
internal sealed record CertificateLinkageOptions
{
    public const string Section = "CertificateLinkage";

    public string Address { get; init; } = "";
}

internal sealed class CertificateLinkage(HttpClient http) : ICertificateLinkage
{
    public async Task<Result<bool>> AreOnePersonAsync(CertificateIdentity authentication, CertificateIdentity signature, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.PostAsJsonAsync(
                "v1/pairs",
                new CertificatePairQuestion(ReferenceTo(authentication), ReferenceTo(signature)),
                ContractJson.Options,
                cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return JpkiErrors.LinkageUnavailable;
            }

            var answer = await response.Content.ReadFromJsonAsync<CertificatePairAnswer>(ContractJson.Options, cancellationToken);
            return answer?.Result is CertificatePairResult.SamePerson;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || HostileBytes.MayCause(exception) || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return JpkiErrors.LinkageUnavailable;
        }
    }

    private static CertificateReference ReferenceTo(CertificateIdentity identity) => new(identity.RootKeyHash, identity.Serial);
}
