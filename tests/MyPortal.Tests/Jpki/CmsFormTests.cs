using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Features.SignIn.Card;
using static MyPortal.Tests.Features.SignIn.Card.RefusedLogin;

namespace MyPortal.Tests.Jpki;

/// <summary>Steps 1, 3 and 4 of the verifier: the one form of CMS that is let through. Each test spoils one thing of a good answer.</summary>
public sealed class CmsFormTests
{
    private const string Sha1 = "1.3.14.3.2.26";

    [Fact]
    public Task More_than_sixteen_kilobytes_are_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(fixture.Card.Authentication, visit.Document, signer => signer.UnsignedAttributes.Add(new Pkcs9DocumentDescription(new string('x', 8 * 1024)))),
        "jpki.too-long");

    [Fact]
    public Task A_byte_behind_the_end_is_refused() => ExpectAsync((visit, fixture) => [.. Good(visit, fixture), 0], "jpki.not-der");

    [Fact]
    public Task A_length_written_longer_than_needed_is_refused() => ExpectAsync(
        (visit, fixture) =>
        {
            var good = Good(visit, fixture);
            good[1].ShouldBe((byte)0x82, "the outer length takes two bytes");
            return [good[0], 0x83, 0, .. good[2..]];
        },
        "jpki.not-der");

    [Fact]
    public Task Bytes_that_are_no_ASN_1_are_refused() => ExpectAsync((_, _) => "signed, truly"u8.ToArray(), "jpki.not-der");

    [Fact]
    public Task Nothing_at_all_is_refused() => ExpectAsync((_, _) => [], "jpki.not-der");

    [Fact]
    public Task An_encrypted_message_is_refused() => ExpectAsync(
        (visit, fixture) =>
        {
            using var recipient = X509CertificateLoader.LoadCertificate(fixture.Card.Authentication.RawData);
            var message = new EnvelopedCms(new ContentInfo(visit.Document));
            message.Encrypt(new CmsRecipient(recipient));
            return message.Encode();
        },
        "jpki.not-signed-data");

    [Fact]
    public Task A_signature_apart_from_its_document_is_refused() => ExpectAsync(
        (visit, fixture) =>
        {
            var cms = new SignedCms(new ContentInfo(visit.Document), detached: true);
            cms.ComputeSignature(CardCms.SignerOf(fixture.Card.Authentication));
            return cms.Encode();
        },
        "jpki.wrong-content");

    [Fact]
    public Task Two_signers_are_refused() => ExpectAsync((visit, fixture) => CardCms.SignTogether(fixture.Card.Authentication, fixture.Card.Signature, visit.Document), "jpki.not-one-signer");

    [Fact]
    public Task Two_certificates_are_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(fixture.Card.Authentication, visit.Document, signer => signer.Certificates.Add(fixture.Card.Signature)),
        "jpki.not-one-certificate");

    [Fact]
    public Task No_certificate_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(fixture.Card.Authentication, visit.Document, signer => signer.IncludeOption = X509IncludeOption.None),
        "jpki.not-one-certificate");

    [Fact]
    public Task A_signer_named_by_key_identifier_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(fixture.Card.Authentication, visit.Document, signer => signer.SignerIdentifierType = SubjectIdentifierType.SubjectKeyIdentifier),
        "jpki.not-one-certificate");

    [Fact]
    public Task A_certificate_that_is_not_the_signers_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.WithCertificate(Good(visit, fixture), fixture.Card.Signature),
        "jpki.not-one-certificate");

    [Fact]
    public Task A_revocation_list_inside_is_refused() => ExpectAsync((visit, fixture) => CardCms.WithRevocationList(Good(visit, fixture)), "jpki.carries-revocation-lists");

    [Fact]
    public Task A_SHA_1_digest_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(fixture.Card.Authentication, visit.Document, signer => signer.DigestAlgorithm = new Oid(Sha1)),
        "jpki.wrong-algorithm");

    [Fact]
    public Task Another_padding_than_the_cards_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(fixture.Card.Authentication, visit.Document, signer => signer.SignaturePadding = RSASignaturePadding.Pss),
        "jpki.wrong-algorithm");

    [Fact]
    public Task A_longer_RSA_key_is_refused() => ExpectAsync((visit, fixture) => SignedWith(RSA.Create(3072), visit, fixture), "jpki.wrong-key");

    [Fact]
    public Task A_shorter_RSA_key_is_refused() => ExpectAsync((visit, fixture) => SignedWith(RSA.Create(1024), visit, fixture), "jpki.wrong-key");

    [Fact]
    public Task An_oversized_exponent_is_refused_before_any_arithmetic() => ExpectAsync((visit, fixture) => SignedWith(OddCertificates.ExpensiveKey(), visit, fixture), "jpki.wrong-key");

    [Fact]
    public Task A_certificate_whose_key_cannot_be_read_is_refused() => ExpectAsync(
        (visit, fixture) =>
        {
            using var unreadable = OddCertificates.WithUnreadableKey(fixture.Portal.Authority.Root(CertificateKind.Authentication), fixture.Card.Authentication.SerialNumberBytes.ToArray());
            return CardCms.WithCertificate(Good(visit, fixture), unreadable);
        },
        "jpki.not-der");

    [Fact]
    public Task Another_curve_is_refused() => ExpectAsync((visit, fixture) => SignedWith(ECDsa.Create(ECCurve.NamedCurves.nistP256), visit, fixture), "jpki.wrong-key");

    [Fact]
    public Task A_signature_without_signed_attributes_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(fixture.Card.Authentication, visit.Document, signer => signer.SignedAttributes.Remove(signer.SignedAttributes[0])),
        "jpki.wrong-signed-attributes");

    [Fact]
    public Task An_extra_signed_attribute_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(fixture.Card.Authentication, visit.Document, signer => signer.SignedAttributes.Add(new Pkcs9DocumentName("contract"))),
        "jpki.wrong-signed-attributes");

    [Fact]
    public Task An_unsigned_attribute_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(fixture.Card.Authentication, visit.Document, signer => signer.UnsignedAttributes.Add(new Pkcs9DocumentDescription("note"))),
        "jpki.has-unsigned-attributes");

    [Fact]
    public Task Another_document_is_refused() => ExpectAsync(
        (_, fixture) => CardCms.Sign(fixture.Card.Authentication, "I agree to everything"u8.ToArray()),
        "jpki.wrong-content");

    [Fact]
    public async Task The_signature_for_another_transaction_is_refused()
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync();
        var other = await fixture.FetchAsync(browser: fixture.NewBrowser());

        var answer = await visit.AnswerAsync(fixture.Card.Sign(CertificateKind.Authentication, other.Document));

        await ShouldBeRefusedAsync(fixture, visit, answer, "jpki.wrong-content");
    }

    private static byte[] Good(FetchedVisit visit, CardFixture fixture) => CardCms.Sign(fixture.Card.Authentication, visit.Document);

    private static byte[] SignedWith(AsymmetricAlgorithm key, FetchedVisit visit, CardFixture fixture)
    {
        using (key)
        using (var certificate = OddCertificates.SignedBy(fixture.Portal.Authority.Root(CertificateKind.Authentication), key))
        {
            return CardCms.Sign(certificate, visit.Document);
        }
    }
}
