using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Jpki;
using MyPortal.Tests.Features.SignIn.Card;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Jpki;

public sealed class SubjectTagTests
{
    // Computed with Python's hashlib from the definition.
    [Theory]
    [InlineData("19850412", "2", "b9825f1d26b7ca63b9b19a1efcd56724eae19b23c4e0bd7caf6429dd9e5a12ee")]
    [InlineData("20160000", "3", "22694519b08703a583ec61b9c08fbf8c6ced129f978668348a3a7d83d48ee421")]
    public void The_tag_equals_the_vectors(string birthDate, string sex, string expected) => Convert.ToHexStringLower(SubjectTag.Of(birthDate, sex)).ShouldBe(expected);

    [Fact]
    public async Task The_tag_is_read_from_birth_date_and_sex_in_the_signature_certificate()
    {
        var card = await TestCard.OrdinaryAsync();

        TagOf(card.Signature).ShouldBe(SubjectTag.Of("19850412", "2"));
    }

    [Fact]
    [Requirement(58)]
    public async Task Two_people_born_on_one_day_share_a_tag_because_it_identifies_nobody()
    {
        var (one, other) = (await TestCard.OrdinaryAsync(), await TestCard.AnotherPersonsAsync());

        TagOf(one.Signature).ShouldBe(TagOf(other.Signature));
    }

    [Fact]
    public async Task A_certificate_without_the_attributes_has_no_tag()
    {
        TagOf((await TestCard.OrdinaryAsync()).Authentication).ShouldBeNull();
        using var key = RSA.Create(2048);
        using var bare = OddCertificates.SignedBy((await TestIssuer.FoundedAsync()).Authority.Root(CertificateKind.Signature), key);
        TagOf(bare).ShouldBeNull();
    }

    private static byte[]? TagOf(X509Certificate2 certificate) => HolderAttributes.Of(CertificateForm.Read(certificate.RawDataMemory).Value) is { } attributes ? SubjectTag.Of(attributes) : null;
}
