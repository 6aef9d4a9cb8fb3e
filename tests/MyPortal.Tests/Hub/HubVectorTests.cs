using System.Security.Cryptography;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Jpki;
using MyPortal.Kernel;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Hub;

/// <summary>The portal's side of the protocol against vectors that neither side made.</summary>
public sealed class HubVectorTests
{
    [Fact]
    public void Requests_are_signed_as_the_vectors_say()
    {
        foreach (var vector in In("hub-request-signature.json"))
        {
            var signed = SignatureInput.OfRequest(HeadersOf(vector), Text(vector, "method"), Text(vector, "path"), Bytes(vector, "body"));

            Convert.ToHexStringLower(signed).ShouldBe(Text(vector, "signedBytes"));
            ShouldVerify(vector, "publicKey", signed);
        }
    }

    [Fact]
    public void Replies_are_signed_as_the_vectors_say()
    {
        foreach (var vector in In("hub-reply-signature.json"))
        {
            var signed = SignatureInput.OfReply(HeadersOf(vector), vector.GetProperty("status").GetInt32(), Bytes(vector, "body"));

            Convert.ToHexStringLower(signed).ShouldBe(Text(vector, "signedBytes"));
            ShouldVerify(vector, "publicKey", signed);
        }
    }

    [Fact]
    public void Cores_and_publications_are_signed_as_the_vectors_say()
    {
        foreach (var vector in In("hub-core-signature.json"))
        {
            var content = Bytes(vector, "content");
            var signed = Text(vector, "label") is "MYP-HUB/1 core" ? SignatureInput.OfCore(content) : SignatureInput.OfPublication(content);

            Convert.ToHexStringLower(signed).ShouldBe(Text(vector, "signedBytes"));
            ShouldVerify(vector, "publicKey", signed);
        }
    }

    [Fact]
    public void Cores_say_what_was_shown_and_how_much_it_counts_for_where_the_vectors_do()
    {
        foreach (var vector in In("hub-core-signature.json").Where(vector => Text(vector, "label") is "MYP-HUB/1 core"))
        {
            var core = JsonSerializer.Deserialize<LinkageCore>(Bytes(vector, "content"), ContractJson.Options)!;
            int? level = vector.TryGetProperty("level", out var number) ? number.GetInt32() : null;

            (core.Evidence, core.Level).ShouldBe(("card-pin", level));
        }
    }

    [Fact]
    public void Sealed_answers_open_as_the_vectors_say()
    {
        foreach (var vector in In("hub-seal.json"))
        {
            using var requester = ECDiffieHellman.Create();
            requester.ImportPkcs8PrivateKey(Bytes(vector, "requesterPrivateKey"), out _);
            var sealedAnswer = JsonSerializer.Deserialize<SealedAnswer>(Bytes(vector, "sealed"), ContractJson.Options)!;

            var content = LinkageSeal.OpenAnswer(sealedAnswer, Bytes(vector, "core"), requester);
            var (answer, signature) = LinkageSeal.Split(content);

            Convert.ToHexStringLower(content).ShouldBe(Text(vector, "content"));
            Convert.ToHexStringLower(answer).ShouldBe(Text(vector, "answer"));
            Convert.ToHexStringLower(signature).ShouldBe(Text(vector, "signature"));
            var producedAt = JsonSerializer.Deserialize<HolderAnswer>(answer, ContractJson.Options)!.ProducedAt;
            var signed = SignatureInput.OfAnswer(Bytes(vector, "core"), Bytes(vector, "requesterPublicKey"), sealedAnswer.HolderKey, HubHeaders.Write(producedAt), answer);
            Convert.ToHexStringLower(signed).ShouldBe(Text(vector, "signedBytes"));
            ShouldVerify(vector, "holderSigningPublicKey", signed);
        }
    }

    [Fact]
    public void Subject_tags_are_sealed_and_proofs_checked_as_the_vectors_say()
    {
        foreach (var vector in In("hub-subject.json"))
        {
            using var ephemeral = ECDiffieHellman.Create();
            ephemeral.ImportPkcs8PrivateKey(Bytes(vector, "ephemeralPrivateKey"), out _);
            var subject = SubjectTag.Of(Text(vector, "birthDate"), Text(vector, "sex"));

            Convert.ToHexStringLower(subject).ShouldBe(Text(vector, "subject"));
            Convert.ToHexStringLower(LinkageSeal.SealSubject(
                subject, vector.GetProperty("requestId").GetGuid(), Text(vector, "holder"), Bytes(vector, "holderSealingPublicKey"), Bytes(vector, "nonce"), ephemeral))
                .ShouldBe(Text(vector, "subjectTag"));
            CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(subject, Bytes(vector, "coreHash")), Bytes(vector, "proof")).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_proof_is_good_for_one_core_and_one_person()
    {
        var vector = In("hub-subject.json")[0];
        var core = Bytes(In("hub-seal.json")[0], "core");
        var proof = HMACSHA256.HashData(Bytes(vector, "subject"), SHA256.HashData(core));

        LinkageSeal.ProvesSubject(Bytes(vector, "subject"), core, proof).ShouldBeTrue();
        LinkageSeal.ProvesSubject(Bytes(vector, "subject"), [.. core, 0], proof).ShouldBeFalse();
        LinkageSeal.ProvesSubject(SubjectTag.Of("19850412", "1"), core, proof).ShouldBeFalse();
        LinkageSeal.ProvesSubject(Bytes(vector, "subject"), core, []).ShouldBeFalse();
    }

    [Fact]
    public void Codes_have_the_form_the_portal_expects()
    {
        foreach (var vector in In("hub-code.json"))
        {
            Crockford.TryRead(Text(vector, "code"), 16, out var bytes).ShouldBeTrue();
            Crockford.Write(bytes).ShouldBe(Text(vector, "code"));
        }
    }

    private static HubHeaders HeadersOf(JsonElement vector) =>
        new(Text(vector, "sender"), Text(vector, "receiver"), Text(vector, "key"), Text(vector, "time"), Text(vector, "nonce"));

    private static void ShouldVerify(JsonElement vector, string publicKey, byte[] signed)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Bytes(vector, publicKey), out _);
        key.VerifyData(signed, Bytes(vector, "signature"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeTrue();
    }

    private static IReadOnlyList<JsonElement> In(string file) =>
        [.. JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(RepositoryFiles.At("tests", "Vectors", file))).GetProperty("vectors").EnumerateArray()];

    private static byte[] Bytes(JsonElement vector, string field) => Convert.FromHexString(Text(vector, field));

    private static string Text(JsonElement vector, string field) => vector.GetProperty(field).GetString()!;
}
