using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Tests.Features.SignIn.Card;
using static MyPortal.Tests.Features.SignIn.Card.RefusedLogin;

namespace MyPortal.Tests.Jpki;

/// <summary>Steps 5 to 7 of the verifier: whose root, which kind, valid now, and truly signed.</summary>
public sealed class CertificateRefusalTests
{
    [Fact]
    public Task An_authority_that_only_bears_the_name_of_the_real_one_is_refused() => ExpectAsync(
        (visit, fixture) =>
        {
            using var key = RSA.Create(2048);
            using var certificate = OddCertificates.FromImpostorOf(fixture.Portal.Authority.Root(CertificateKind.Authentication), key);
            return CardCms.Sign(certificate, visit.Document);
        },
        "jpki.untrusted-root");

    [Fact]
    public Task A_certificate_that_signed_itself_is_refused() => ExpectAsync(
        (visit, _) =>
        {
            using var key = RSA.Create(2048);
            using var certificate = new CertificateRequest("C=JP, CN=99SELF13221003A", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            return CardCms.Sign(certificate, visit.Document);
        },
        "jpki.untrusted-root");

    [Fact]
    public Task A_certificate_of_an_expired_root_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(TestCard.Issue(fixture.Portal.Authority, order => order with { Generation = 1 }).Authentication, visit.Document),
        "jpki.untrusted-root");

    [Fact]
    public Task The_signature_certificate_is_refused_for_login_by_its_root() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(fixture.Card.Signature, visit.Document),
        "jpki.wrong-kind");

    [Fact]
    public Task The_signature_certificate_is_refused_for_login_by_its_key_usage() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(Authentication(fixture, order => order with { KeyUsage = CertificateProfile.KeyUsageOf(CertificateKind.Signature) }), visit.Document),
        "jpki.wrong-key-usage");

    [Fact]
    public Task The_signature_certificate_is_refused_for_login_by_its_policy() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(Authentication(fixture, order => order with { PolicyOid = CertificateProfile.SignaturePolicy }), visit.Document),
        "jpki.unknown-policy");

    [Fact]
    public Task The_authentication_certificate_is_refused_as_signature_by_its_root() => EnrolmentIsRefusedAsync(
        (card, _) => card.Authentication, "jpki.wrong-kind");

    [Fact]
    public Task The_authentication_certificate_is_refused_as_signature_by_its_key_usage() => EnrolmentIsRefusedAsync(
        (_, fixture) => Signature(fixture, order => order with { KeyUsage = CertificateProfile.KeyUsageOf(CertificateKind.Authentication) }),
        "jpki.wrong-key-usage");

    [Fact]
    public Task The_authentication_certificate_is_refused_as_signature_by_its_policy() => EnrolmentIsRefusedAsync(
        (_, fixture) => Signature(fixture, order => order with { PolicyOid = CertificateProfile.AuthenticationPolicy }),
        "jpki.unknown-policy");

    [Fact]
    public Task A_policy_that_nobody_told_us_about_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(Authentication(fixture, order => order with { PolicyOid = "1.2.392.200149.8.5.1.9.99" }), visit.Document),
        "jpki.unknown-policy");

    [Fact]
    public Task A_certificate_with_the_policies_of_both_kinds_is_of_neither() => ExpectAsync(
        (visit, fixture) =>
        {
            using var key = RSA.Create(2048);
            using var certificate = OddCertificates.OfBothKinds(fixture.Portal.Authority.Root(CertificateKind.Authentication), key);
            return CardCms.Sign(certificate, visit.Document);
        },
        "jpki.unknown-policy");

    [Fact]
    public Task An_expired_certificate_is_refused_and_the_person_learns_that_it_is_the_card() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(Authentication(fixture, order => order with { NotAfter = fixture.Portal.Clock.GetUtcNow().AddSeconds(-1) }), visit.Document),
        "jpki.expired",
        CertificateNotValid);

    [Fact]
    public Task A_certificate_that_is_not_valid_yet_is_refused() => ExpectAsync(
        (visit, fixture) => CardCms.Sign(Authentication(fixture, order => order with { NotBefore = fixture.Portal.Clock.GetUtcNow().AddHours(1) }), visit.Document),
        "jpki.expired",
        CertificateNotValid);

    [Fact]
    public Task A_signature_with_one_wrong_bit_is_refused() => ExpectAsync(
        (visit, fixture) =>
        {
            var cms = CardCms.Sign(fixture.Card.Authentication, visit.Document);
            cms[^1] ^= 1;
            return cms;
        },
        "jpki.bad-signature");

    [Fact]
    public Task A_signature_over_another_document_is_refused_even_with_the_right_one_inside() => ExpectAsync(
        (visit, fixture) => CardCms.WithContent(CardCms.Sign(fixture.Card.Authentication, "I agree to everything"u8.ToArray()), visit.Document),
        "jpki.bad-signature");

    [Fact]
    public Task A_certificate_read_from_a_card_is_worth_nothing_without_its_key() => ExpectAsync(
        (visit, fixture) =>
        {
            using var thief = RSA.Create(2048);
            var read = fixture.Card.Authentication;
            using var twin = OddCertificates.FromImpostorOf(fixture.Portal.Authority.Root(CertificateKind.Authentication), thief, read.SerialNumberBytes.ToArray());
            return CardCms.WithCertificate(CardCms.Sign(twin, visit.Document), read);
        },
        "jpki.bad-signature");

    [Fact]
    public Task A_signature_certificate_without_birth_date_and_sex_is_refused_at_enrolment() => EnrolmentIsRefusedAsync(
        (_, fixture) => OddCertificates.SignedBy(fixture.Portal.Authority.Root(CertificateKind.Signature), RSA.Create(2048)),
        "jpki.no-attributes");

    private static X509Certificate2 Authentication(CardFixture fixture, Func<LeafOrder, LeafOrder> change) =>
        fixture.Portal.Authority.Issue(change(new LeafOrder(CertificateKind.Authentication, "odd"))).Certificate;

    private static X509Certificate2 Signature(CardFixture fixture, Func<LeafOrder, LeafOrder> change) =>
        fixture.Portal.Authority.Issue(change(new LeafOrder(CertificateKind.Signature, "odd", TestCard.Attributes))).Certificate;

    private static async Task EnrolmentIsRefusedAsync(Func<TestCard, CardFixture, X509Certificate2> signature, string recorded)
    {
        await using var fixture = await CardFixture.StartAsync();
        var visit = await fixture.FetchAsync(CardPurpose.Enrol);

        var answer = await visit.AnswerAsync(
            fixture.Card.Sign(CertificateKind.Authentication, visit.Document),
            new CardSignature(0, CertificateKind.Signature, CardCms.Sign(signature(fixture.Card, fixture), visit.Document)),
            visit.SignatureOfLink(fixture.Card));

        await ShouldBeRefusedAsync(fixture, visit, answer, recorded);
    }
}
