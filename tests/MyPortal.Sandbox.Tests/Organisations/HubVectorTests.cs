using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Holders;
using MyPortal.Sandbox.Hub;
using MyPortal.Sandbox.Organisations;
using static MyPortal.Sandbox.Tests.Organisations.HubVectors;

namespace MyPortal.Sandbox.Tests.Organisations;

public sealed class HubVectorTests
{
    [Fact]
    public void Requests_are_signed_as_the_vectors_say()
    {
        foreach (var vector in In("hub-request-signature.json"))
        {
            var bytes = HeadOf(vector).RequestBytes(vector.Text("method"), vector.Text("path"), vector.Bytes("body"));

            Hex(bytes).ShouldBe(vector.Text("signedBytes"));
            Verifies(vector, "publicKey", bytes).ShouldBeTrue();
        }
    }

    [Fact]
    public void Replies_are_signed_as_the_vectors_say()
    {
        foreach (var vector in In("hub-reply-signature.json"))
        {
            var bytes = HeadOf(vector).ReplyBytes(vector.GetProperty("status").GetInt32(), vector.Bytes("body"));

            Hex(bytes).ShouldBe(vector.Text("signedBytes"));
            Verifies(vector, "publicKey", bytes).ShouldBeTrue();
        }
    }

    [Fact]
    public void Cores_and_publications_are_signed_as_the_vectors_say()
    {
        foreach (var vector in In("hub-core-signature.json"))
        {
            byte[] bytes = vector.Text("label") == "MYP-HUB/1 core" ? LinkageForm.SignedBytes(vector.Bytes("content")) : Publication.SignedBytes(vector.Bytes("content"));

            Hex(bytes).ShouldBe(vector.Text("signedBytes"));
            Verifies(vector, "publicKey", bytes).ShouldBeTrue();
        }
    }

    [Fact]
    public void Cores_say_what_was_shown_and_how_much_it_counts_for_where_the_vectors_do()
    {
        foreach (var vector in In("hub-core-signature.json").Where(vector => vector.Text("label") is "MYP-HUB/1 core"))
        {
            var core = JsonSerializer.Deserialize<LinkageCore>(vector.Bytes("content"), ContractJson.Options)!;
            int? level = vector.TryGetProperty("level", out var number) ? number.GetInt32() : null;

            (core.Evidence, core.Level).ShouldBe(("card-pin", level));
        }
    }

    [Fact]
    public void Answers_are_sealed_as_the_vectors_say()
    {
        foreach (var vector in In("hub-seal.json"))
        {
            var coreHash = SHA256.HashData(vector.Bytes("core"));
            var answer = vector.Bytes("answer");
            var producedAt = JsonSerializer.Deserialize<HolderAnswer>(answer, ContractJson.Options)!.ProducedAt;
            using var requester = EllipticKey.ReadOrNull(vector.Bytes("requesterPublicKey"))!;
            using var ephemeral = ECDiffieHellman.Create();
            ephemeral.ImportPkcs8PrivateKey(vector.Bytes("holderEphemeralPrivateKey"), out _);

            var signed = AnswerSeal.SignedBytes(coreHash, vector.Bytes("requesterPublicKey"), vector.Bytes("holderEphemeralPublicKey"), producedAt, answer);
            Hex(signed).ShouldBe(vector.Text("signedBytes"));
            Verifies(vector, "holderSigningPublicKey", signed).ShouldBeTrue();
            var content = AnswerSeal.Content(answer, vector.Bytes("signature"));
            Hex(content).ShouldBe(vector.Text("content"));
            var padded = AnswerSeal.Pad(content);
            Hex(padded).ShouldBe(vector.Text("padded"));
            Hex(AnswerSeal.KeyOf(vector.Bytes("z"), coreHash)).ShouldBe(vector.Text("key"));
            Hex(AnswerSeal.AssociatedData(coreHash, vector.Bytes("holderEphemeralPublicKey"))).ShouldBe(vector.Text("associatedData"));
            var written = AnswerSeal.Seal(coreHash, requester, ephemeral, vector.Bytes("nonce"), padded);
            Hex(written.Ciphertext).ShouldBe(vector.Text("ciphertext"));
            Hex(written.HolderKey).ShouldBe(vector.Text("holderEphemeralPublicKey"));
            JsonSerializer.Deserialize<SealedAnswer>(vector.Bytes("sealed"), ContractJson.Options)!.Ciphertext.ShouldBe(written.Ciphertext);
        }
    }

    [Fact]
    public void Subjects_are_compared_as_the_vectors_say()
    {
        foreach (var vector in In("hub-subject.json"))
        {
            var requestId = vector.GetProperty("requestId").GetGuid();
            var holder = vector.Text("holder");
            using var sealing = ECDiffieHellman.Create();
            sealing.ImportPkcs8PrivateKey(vector.Bytes("holderSealingPrivateKey"), out _);

            var subject = SubjectCheck.Subject(
                DateOnly.ParseExact(vector.Text("birthDate"), "yyyyMMdd", CultureInfo.InvariantCulture),
                int.Parse(vector.Text("sex"), CultureInfo.InvariantCulture));
            Hex(subject).ShouldBe(vector.Text("subject"));
            Hex(SubjectCheck.Tag(subject, requestId, holder)).ShouldBe(vector.Text("tag"));
            Hex(SubjectCheck.KeyOf(vector.Bytes("z"), requestId)).ShouldBe(vector.Text("key"));
            Hex(SubjectCheck.AssociatedData(requestId, holder)).ShouldBe(vector.Text("associatedData"));
            Hex(SubjectCheck.OpenTag(vector.Bytes("subjectTag"), requestId, holder, sealing)!).ShouldBe(vector.Text("tag"));
            SubjectCheck.OpenTag(vector.Bytes("subjectTag"), requestId, "another-holder", sealing).ShouldBeNull();
            Hex(SubjectCheck.Proof(subject, vector.Bytes("coreHash"))).ShouldBe(vector.Text("proof"));
        }
    }

    [Fact]
    public void Codes_are_made_and_read_as_the_vectors_say()
    {
        var master = File("hub-code.json").Bytes("master");
        foreach (var vector in In("hub-code.json"))
        {
            var key = OrganisationCode.KeyOf(master, vector.Text("organisation"), vector.GetProperty("epoch").GetUInt32());
            var code = new OrganisationCode(vector.GetProperty("generation").GetByte(), Convert.ToUInt64(vector.Text("idCode"), 16));

            Hex(key).ShouldBe(vector.Text("key"));
            code.Write(key).ShouldBe(vector.Text("code"));
            OrganisationCode.Read(key, vector.Text("code")).ShouldBe(code);
        }
    }

    [Fact]
    [Requirement(57)]
    public void Another_spelling_or_another_organisations_code_is_not_read()
    {
        var file = File("hub-code.json");
        var key = OrganisationCode.KeyOf(file.Bytes("master"), "portal", epoch: 1);

        foreach (var refused in file.GetProperty("refused").EnumerateArray()) OrganisationCode.Read(key, refused.Text("code")).ShouldBeNull(refused.Text("name"));
    }

    private static MessageHead HeadOf(JsonElement vector) =>
        new(vector.Text("sender"), vector.Text("receiver"), vector.Text("key"), vector.Text("time"), vector.Text("nonce"));

    private static bool Verifies(JsonElement vector, string publicKey, byte[] bytes)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(vector.Bytes(publicKey), out _);
        return key.VerifyData(bytes, vector.Bytes("signature"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
