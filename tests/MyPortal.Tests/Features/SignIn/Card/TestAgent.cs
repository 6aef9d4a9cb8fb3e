using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.SenderApi;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.SignIn.Card;

/// <summary>What the portal told the agent.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="CompletionCode">The code for the browser; null when refused.</param>
/// <param name="Refusal">The code of the refusal; null when accepted.</param>
internal sealed record AgentAnswer(HttpStatusCode Status, string? CompletionCode, string? Refusal);

/// <summary>Speaks to the portal as a card agent does; written apart from the agent, from the contract alone. Has a key of its own.</summary>
internal sealed class TestAgent(TestPortal portal) : IDisposable
{
    private readonly HttpClient http = portal.CreateDefaultClient();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public async Task<(HttpStatusCode Status, CardTicket? Ticket)> FetchAsync(Uri ticket)
    {
        using var answer = await http.GetAsync(ticket);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<CardTicket>(ContractJson.Options) : null);
    }

    public Task<AgentAnswer> AnswerAsync(Uri ticket, string responseSecret, params CardSignature[] signatures) =>
        PostAsync(ticket, new CardResponse(responseSecret, signatures, Proof(ticket, responseSecret, signatures)));

    public async Task<AgentAnswer> PostAsync(Uri ticket, CardResponse response)
    {
        using var answer = await http.PostAsJsonAsync(ticket + "/response", response, ContractJson.Options);
        return answer.IsSuccessStatusCode
            ? new(answer.StatusCode, (await answer.Content.ReadFromJsonAsync<CardCompletion>(ContractJson.Options))!.CompletionCode, null)
            : new(answer.StatusCode, null, (await answer.Content.ReadFromJsonAsync<ApiProblem>(ContractJson.Options))!.Code);
    }

    public AgentProof Proof(Uri ticket, string responseSecret, params CardSignature[] signatures)
    {
        byte[] signed =
        [
            .. WithLength("MYP-AGENT/1"u8), .. WithLength(Encoding.UTF8.GetBytes(ticket.ToString())), .. WithLength(Encoding.UTF8.GetBytes(responseSecret)),
            .. BigEndian(signatures.Length), .. signatures.SelectMany(signature => WithLength(SHA256.HashData(signature.Cms))),
        ];
        return new(key.ExportSubjectPublicKeyInfo(), key.SignData(signed, HashAlgorithmName.SHA256), "test");
    }

    public void Dispose()
    {
        http.Dispose();
        key.Dispose();
    }

    private static byte[] WithLength(ReadOnlySpan<byte> field) => [.. BigEndian(field.Length), .. field];

    private static byte[] BigEndian(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}
