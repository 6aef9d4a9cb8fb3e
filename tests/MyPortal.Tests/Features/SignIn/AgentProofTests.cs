using System.Security.Cryptography;
using System.Text.Json;
using MyPortal.Contracts.CardAgent;
using MyPortal.Features.SignIn.Card;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;
using static MyPortal.Tests.Features.SignIn.Card.RefusedLogin;

namespace MyPortal.Tests.Features.SignIn;

/// <summary>Step 13 of the verifier: which program answers. A wrong proof is a refusal, however good the card's signature is.</summary>
public sealed class AgentProofTests
{
    [Fact]
    public void The_signed_bytes_equal_the_vectors_that_the_agent_reads_too()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(RepositoryFiles.At("tests", "Vectors", "agent-proof.json")));
        var vectors = file.RootElement.GetProperty("vectors").EnumerateArray().ToList();

        vectors.ShouldNotBeEmpty();
        foreach (var vector in vectors)
        {
            var signatures = vector.GetProperty("cms").EnumerateArray().Select(cms => new CardSignature(0, CertificateKind.Authentication, Convert.FromHexString(cms.GetString()!)));
            var response = new CardResponse(vector.GetProperty("responseSecret").GetString()!, [.. signatures], new AgentProof([], [], ""));

            var bytes = AgentProofs.SignedBytes(response, vector.GetProperty("ticketAddress").GetString()!);

            Convert.ToHexStringLower(bytes).ShouldBe(vector.GetProperty("signedBytes").GetString(), vector.GetProperty("name").GetString());
        }
    }

    [Fact]
    public Task A_proof_with_one_wrong_bit_is_refused() => ExpectAsync((visit, signature) =>
    {
        var proof = visit.Agent.Proof(visit.Begun.Ticket, visit.Ticket.ResponseSecret, signature);
        proof.Signature[0] ^= 1;
        return proof;
    });

    [Fact]
    public Task A_proof_by_another_key_than_it_names_is_refused() => ExpectAsync((visit, signature) =>
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return visit.Agent.Proof(visit.Begun.Ticket, visit.Ticket.ResponseSecret, signature) with { PublicKey = other.ExportSubjectPublicKeyInfo() };
    });

    [Fact]
    public Task A_proof_for_another_ticket_is_refused() => ExpectAsync(
        (visit, signature) => visit.Agent.Proof(new Uri($"https://portal.evil.example{visit.Begun.Ticket.AbsolutePath}"), visit.Ticket.ResponseSecret, signature));

    [Fact]
    public Task A_proof_for_another_secret_is_refused() => ExpectAsync((visit, signature) => visit.Agent.Proof(visit.Begun.Ticket, new string('A', 43), signature));

    [Fact]
    public Task A_proof_for_another_signature_is_refused() => ExpectAsync(
        (visit, signature) => visit.Agent.Proof(visit.Begun.Ticket, visit.Ticket.ResponseSecret, signature with { Cms = [.. signature.Cms, 0] }));

    [Fact]
    public Task A_key_of_another_kind_is_refused() => ExpectAsync((visit, signature) =>
    {
        using var rsa = RSA.Create(2048);
        return visit.Agent.Proof(visit.Begun.Ticket, visit.Ticket.ResponseSecret, signature) with { PublicKey = rsa.ExportSubjectPublicKeyInfo() };
    });

    [Fact]
    public Task A_key_with_something_behind_it_is_refused() => ExpectAsync((visit, signature) =>
    {
        var proof = visit.Agent.Proof(visit.Begun.Ticket, visit.Ticket.ResponseSecret, signature);
        return proof with { PublicKey = [.. proof.PublicKey, 0] };
    });

    [Theory]
    [InlineData("brainpoolP256r1"), InlineData("nistP384")]
    public Task A_key_on_another_curve_is_refused(string curve) => ExpectAsync((visit, signature) =>
    {
        using var other = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        return visit.Agent.Proof(visit.Begun.Ticket, visit.Ticket.ResponseSecret, signature) with { PublicKey = other.ExportSubjectPublicKeyInfo() };
    });

    [Fact]
    public Task A_point_off_its_curve_is_refused() => ExpectAsync((visit, signature) =>
    {
        var proof = visit.Agent.Proof(visit.Begun.Ticket, visit.Ticket.ResponseSecret, signature);
        return proof with { PublicKey = [.. proof.PublicKey[..^1], (byte)(proof.PublicKey[^1] ^ 1)] };
    });

    private static async Task ExpectAsync(Func<FetchedVisit, CardSignature, AgentProof> proof)
    {
        await using var fixture = await CardFixture.EnrolledAsync();
        var visit = await fixture.FetchAsync(browser: fixture.NewBrowser());
        var signature = fixture.Card.Sign(CertificateKind.Authentication, visit.Document);

        var answer = await visit.Agent.PostAsync(visit.Begun.Ticket, new CardResponse(visit.Ticket.ResponseSecret, [signature], proof(visit, signature)));

        await ShouldBeRefusedAsync(fixture, visit, answer, "card.wrong-agent-proof");
    }
}
