using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MyPortal.Contracts;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Tokens;

/// <summary>
/// What a sender signed: a JWS in compact form (RFC 7515), parsed but not yet verified. The library checks the signature; what is
/// taken for one, which algorithms there are and what the claims must say is ours.
/// </summary>
internal sealed class SenderJws
{
    /// <summary>ECDSA on P-256 and RSA-PSS, both with SHA-256 (RFC 7518 section 3.1).</summary>
    public static readonly IReadOnlyList<string> Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    private static readonly JsonWebTokenHandler Handler = new();
    private readonly string compact;
    private readonly JwsHeader header;

    private SenderJws(string compact, JwsHeader header, byte[] payload) => (this.compact, this.header, Payload) = (compact, header, payload);

    /// <summary>The exact bytes that were signed, after the header.</summary>
    public byte[] Payload { get; }

    /// <summary>Whether the header names one of <see cref="Algorithms"/>.</summary>
    public bool HasKnownAlgorithm => Algorithms.Contains(header.Alg, StringComparer.Ordinal);

    /// <summary>Header <c>typ</c>.</summary>
    public string? Type => header.Typ;

    /// <summary>Null when the text is no such JWS: three parts in strict base64url, a header that is JSON and names nothing critical.</summary>
    public static SenderJws? Parse(string? compact, int longest)
    {
        if (compact is null || compact.Length > longest || compact.Split('.') is not [var head, var body, var signature]
            || !StrictBase64Url.TryRead(head, out var headBytes) || !StrictBase64Url.TryRead(body, out var payload) || !StrictBase64Url.TryRead(signature, out _))
        {
            return null;
        }

        try
        {
            // An unknown "crit" extension must be refused (RFC 7515 section 4.1.11); we know none.
            return JsonSerializer.Deserialize<JwsHeader>(headBytes, ContractJson.Options) is { Crit: null } header ? new SenderJws(compact, header, payload) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a registered key made the signature with the algorithm that belongs to its kind.</summary>
    public async Task<bool> IsSignedByAsync(byte[] publicKey)
    {
        try
        {
            if (header.Alg is SecurityAlgorithms.EcdsaSha256)
            {
                using var ecdsa = ECDsa.Create();
                ecdsa.ImportSubjectPublicKeyInfo(publicKey, out _);
                return ecdsa.KeySize is 256 && await IsSignedByAsync(new ECDsaSecurityKey(ecdsa));
            }

            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return await IsSignedByAsync(new RsaSecurityKey(rsa));
        }
        catch (CryptographicException)
        {
            // The key is of the other kind.
            return false;
        }
    }

    private async Task<bool> IsSignedByAsync(SecurityKey key)
    {
        // The library keeps what it made for a key, and this key is disposed of in a moment.
        key.CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false };
        var result = await Handler.ValidateTokenAsync(compact, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = Algorithms,
            RequireExpirationTime = false,
            ValidateLifetime = false,
            ValidateIssuer = false,
            ValidateAudience = false,
        });
        return result.IsValid;
    }

    private sealed record JwsHeader(string Alg, string? Typ = null, IReadOnlyList<string>? Crit = null);
}
