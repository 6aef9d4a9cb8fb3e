using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Kernel;

namespace MyPortal.Features.Senders.Tokens;

/// <summary>
/// A client assertion (<c>private_key_jwt</c>, RFC 7523 section 3) in JWS compact form (RFC 7515), parsed but not yet verified. Own
/// code as long as no JWT library restores; it takes exactly two algorithms and exactly the claims we ask for.
/// </summary>
internal sealed record ClientAssertion(string Algorithm, string Issuer, string Subject, string Audience, string Id, DateTimeOffset ExpiresAt, byte[] SignedBytes, byte[] Signature)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    public const int LongestAssertion = 4096;
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>Parses the compact form; every deviation is the same refusal.</summary>
    public static Result<ClientAssertion> Parse(string? compact)
    {
        if (compact is null || compact.Length > LongestAssertion || compact.Split('.') is not [var header, var payload, var signature])
        {
            return SenderErrors.MalformedAssertion;
        }

        try
        {
            var head = JsonSerializer.Deserialize<JwsHeader>(Base64Url.DecodeFromChars(header), ContractJson.Options);
            var claims = JsonSerializer.Deserialize<AssertionClaims>(Base64Url.DecodeFromChars(payload), ContractJson.Options);

            // An unknown "crit" extension must be refused (RFC 7515 section 4.1.11); we know none.
            if (head is null || claims is null || head.Crit is not null || claims.Jti.Length is 0 or > 100 || claims.Iss.Any(char.IsControl))
            {
                return SenderErrors.MalformedAssertion;
            }

            return new ClientAssertion(
                head.Alg,
                claims.Iss,
                claims.Sub,
                claims.Aud,
                claims.Jti,
                DateTimeOffset.FromUnixTimeSeconds(claims.Exp),
                Encoding.ASCII.GetBytes($"{header}.{payload}"),
                Base64Url.DecodeFromChars(signature));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentOutOfRangeException)
        {
            return SenderErrors.MalformedAssertion;
        }
    }

    /// <summary>Whether a registered key made the signature with the algorithm that belongs to its kind: ES256 or PS256.</summary>
    public bool IsSignedBy(byte[] publicKey)
    {
        try
        {
            if (Algorithm is "ES256")
            {
                using var ecdsa = ECDsa.Create();
                ecdsa.ImportSubjectPublicKeyInfo(publicKey, out _);
                return ecdsa.KeySize is 256 && ecdsa.VerifyData(SignedBytes, Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            }

            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return rsa.VerifyData(SignedBytes, Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }
        catch (CryptographicException)
        {
            // The key is of the other kind.
            return false;
        }
    }

    private sealed record JwsHeader(string Alg, IReadOnlyList<string>? Crit = null);

    private sealed record AssertionClaims(string Iss, string Sub, string Aud, string Jti, long Exp);
}
