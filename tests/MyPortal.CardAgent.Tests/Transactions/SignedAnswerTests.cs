using System.Diagnostics;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using MyPortal.CardAgent.AgentKey;
using MyPortal.CardAgent.Tests.Fixtures;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Tests.Transactions;

public sealed class SignedAnswerTests : TransactionFixture
{
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningTime = "1.2.840.113549.1.9.5";
    private const string Data = "1.2.840.113549.1.7.1";

    [Fact]
    public async Task A_login_signs_the_fetched_document_and_leads_back_with_the_completion_code()
    {
        var card = await PutDownAsync(new TestCard("hanako"));

        var done = await Agent.PostAsync(await EnterAsync(), ("pin", "1234"));

        done.Status.ShouldBe(HttpStatusCode.OK);
        done.Html.ShouldContain($"""<a id="complete" class="button primary" href="{Portal.Origin}/card/complete?code={FakePortal.CompletionCode}">マイ・ポータルに戻る</a>""");
        var signature = Portal.Responses.Single().Signatures.Single();
        (signature.Document, signature.Certificate).ShouldBe((0, CertificateKind.Authentication));
        ShouldHaveTheAgreedShape(signature.Cms, Portal.Documents[0], card.Authentication.RawData, "2.16.840.1.101.3.4.2.1");
        Portal.Responses.Single().ResponseSecret.ShouldBe(FakePortal.ResponseSecret);
    }

    [Fact]
    public async Task A_card_of_the_next_generation_signs_with_P384_and_SHA384()
    {
        var card = await PutDownAsync(new TestCard("future", elliptic: true));

        (await Agent.PostAsync(await EnterAsync(), ("pin", "1234"))).Status.ShouldBe(HttpStatusCode.OK);

        var signature = Portal.Responses.Single().Signatures.Single();
        ShouldHaveTheAgreedShape(signature.Cms, Portal.Documents[0], card.Authentication.RawData, "2.16.840.1.101.3.4.2.2");
    }

    [Fact]
    public async Task An_enrolment_signs_the_same_document_with_both_keys_in_one_card_session_and_ends_with_a_reset()
    {
        Portal.Documents = [FakePortal.Bytes(Portal.Enrolment())];
        var card = await PutDownAsync(new TestCard("hanako"));

        (await Agent.PostAsync(await EnterAsync(), ("pin", "1234"), ("password", "abc123"))).Status.ShouldBe(HttpStatusCode.OK);

        card.Presented.ShouldBe(["1234", "ABC123"]);
        var signatures = Portal.Responses.Single().Signatures;
        signatures.Select(signature => signature.Certificate).ShouldBe([CertificateKind.Authentication, CertificateKind.Signature]);
        ShouldHaveTheAgreedShape(signatures[0].Cms, Portal.Documents[0], TestKeys.Authentication.RawData, "2.16.840.1.101.3.4.2.1");
        ShouldHaveTheAgreedShape(signatures[1].Cms, Portal.Documents[0], TestKeys.Signature.RawData, "2.16.840.1.101.3.4.2.1");

        // Four sessions: putting down, entering and answering look for cards, then one signs. The card answers no reset, so the last one
        // of a session may still be on its way when the page is there.
        await Wait.UntilAsync(() => card.Resets == 4);
    }

    [Fact]
    public async Task Several_documents_of_one_visit_are_signed_under_one_PIN_entry()
    {
        Portal.Documents = [FakePortal.Bytes(Portal.Enrolment()), FakePortal.Bytes(Portal.Enrolment() with { Certificates = [CertificateKind.Authentication] })];
        var card = await PutDownAsync(new TestCard("hanako"));

        await Agent.PostAsync(await EnterAsync(), ("pin", "1234"), ("password", "ABC123"));

        card.Presented.Count.ShouldBe(2);
        Portal.Responses.Single().Signatures.Select(signature => (signature.Document, signature.Certificate)).ShouldBe(
            [(0, CertificateKind.Authentication), (0, CertificateKind.Signature), (1, CertificateKind.Authentication)]);
    }

    [Fact]
    public async Task An_enrolment_signs_the_linkage_hubs_document_with_the_authentication_key_alone()
    {
        Portal.Documents = [FakePortal.Bytes(Portal.Enrolment()), Portal.Link()];
        var card = await PutDownAsync(new TestCard("hanako"));

        await Agent.PostAsync(await EnterAsync(), ("pin", "1234"), ("password", "ABC123"));

        card.Presented.Count.ShouldBe(2);
        var signatures = Portal.Responses.Single().Signatures;
        signatures.Select(signature => (signature.Document, signature.Certificate)).ShouldBe(
            [(0, CertificateKind.Authentication), (0, CertificateKind.Signature), (1, CertificateKind.Authentication)]);
        ShouldHaveTheAgreedShape(signatures[2].Cms, Portal.Documents[1], TestKeys.Authentication.RawData, "2.16.840.1.101.3.4.2.1");
    }

    [Fact]
    public async Task The_answer_carries_a_proof_by_the_agents_own_key()
    {
        await PutDownAsync(new TestCard("hanako"));
        var ticket = Portal.NewTicket();

        await Agent.PostAsync(await Agent.EnterAsync(ticket), ("pin", "1234"));

        var response = Portal.Responses.Single();
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(response.Agent.PublicKey, out _);
        response.Agent.Signature.Length.ShouldBe(64);
        key.VerifyData(ResponseProof.SignedBytes(ticket, response.ResponseSecret, [response.Signatures[0].Cms]), response.Agent.Signature, HashAlgorithmName.SHA256).ShouldBeTrue();
    }

    [Fact]
    public async Task OpenSSL_verifies_the_signature()
    {
        if (!File.Exists("/usr/bin/openssl")) Assert.Skip("openssl is not installed.");
        await PutDownAsync(new TestCard("hanako"));
        await Agent.PostAsync(await EnterAsync(), ("pin", "1234"));
        var folder = Directory.CreateTempSubdirectory("cms");
        var file = Path.Combine(folder.FullName, "signature.der");
        await File.WriteAllBytesAsync(file, Portal.Responses.Single().Signatures[0].Cms, TestContext.Current.CancellationToken);

        using var openssl = Process.Start(new ProcessStartInfo("openssl", ["cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", file]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        using var content = new MemoryStream();
        await openssl.StandardOutput.BaseStream.CopyToAsync(content, TestContext.Current.CancellationToken);
        await openssl.WaitForExitAsync(TestContext.Current.CancellationToken);

        openssl.ExitCode.ShouldBe(0);
        content.ToArray().ShouldBe(Portal.Documents[0]);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Full_width_digits_and_spaces_are_taken_as_typed_digits()
    {
        var card = await PutDownAsync(new TestCard("hanako"));

        (await Agent.PostAsync(await EnterAsync(), ("pin", "１２ ３４"))).Status.ShouldBe(HttpStatusCode.OK);

        card.Presented.ShouldBe(["1234"]);
    }

    private static void ShouldHaveTheAgreedShape(byte[] der, byte[] document, byte[] certificate, string digest)
    {
        AsnDecoder.ReadEncodedValue(der, AsnEncodingRules.DER, out _, out _, out var consumed);
        consumed.ShouldBe(der.Length);
        var cms = new SignedCms();
        cms.Decode(der);
        cms.CheckSignature(verifySignatureOnly: true);
        cms.Detached.ShouldBeFalse();
        cms.ContentInfo.ContentType.Value.ShouldBe(Data);
        cms.ContentInfo.Content.ShouldBe(document);
        cms.Certificates.Single().RawData.ShouldBe(certificate);
        var signer = cms.SignerInfos.Cast<SignerInfo>().Single();
        signer.DigestAlgorithm.Value.ShouldBe(digest);
        signer.SignedAttributes.Cast<CryptographicAttributeObject>().Select(attribute => attribute.Oid.Value).Order(StringComparer.Ordinal).ShouldBe([ContentType, MessageDigest, SigningTime]);
        signer.UnsignedAttributes.Count.ShouldBe(0);
        signer.CounterSignerInfos.Count.ShouldBe(0);
    }
}
