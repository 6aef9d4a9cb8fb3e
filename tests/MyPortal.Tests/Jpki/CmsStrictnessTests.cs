using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Jpki.Forging;

namespace MyPortal.Tests.Jpki;

/// <summary>Step 3 of the verifier, for what the framework lets through: each test spoils one thing of an answer that is truly signed by a trusted card.</summary>
public sealed class CmsStrictnessTests
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Sha384 = "2.16.840.1.101.3.4.2.2";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningTime = "1.2.840.113549.1.9.5";

    private static readonly byte[] Document = "{\"type\":\"MYP-CARD/1\"}"u8.ToArray();
    private static readonly CmsDraft Good = new(Document);

    private static byte[] Digest => Raw.Node(Raw.OctetString, System.Security.Cryptography.SHA256.HashData(Document));

    [Fact]
    public void The_answer_that_the_others_spoil_is_taken()
    {
        Verify(Good).ShouldBe("taken");
        Verify(Good with { Attributes = [CmsDraft.Attribute(ContentType, Good.ContentTypeValue), CmsDraft.Attribute(MessageDigest, Digest)] }).ShouldBe("taken", "the time is not needed");
        Verify(Good with { SigningTime = Raw.Generalized("20500101000000Z") }).ShouldBe("taken", "nobody relies on the time");
        Verify(Good with { DigestAlgorithm = Raw.BareAlgorithm(Sha256), SignatureAlgorithm = Raw.Algorithm("1.2.840.113549.1.1.11") }).ShouldBe("taken");
    }

    [Fact]
    public void The_content_type_must_have_the_value_of_the_content()
    {
        Verify(Good with { ContentTypeValue = Raw.Oid("1.2.840.113549.1.7.2") }).ShouldBe("jpki.wrong-signed-attributes");
        Verify(Good with { ContentTypeValue = Raw.Utf8("data") }).ShouldBe("jpki.wrong-signed-attributes");
    }

    [Theory]
    [InlineData("261120030060Z")]
    [InlineData("261320030000Z")]
    [InlineData("2611200300Z")]
    [InlineData("261120030000+0900")]
    public void A_time_that_is_none_is_refused(string time) => Verify(Good with { SigningTime = Raw.Utc(time) }).ShouldBe("jpki.not-der");

    [Fact]
    public void A_time_of_another_type_is_refused()
    {
        Verify(Good with { SigningTime = Raw.Utf8("yesterday") }).ShouldBe("jpki.wrong-signed-attributes");
        Verify(Good with { SigningTime = Raw.Generalized("20261120030000Z") }).ShouldBe("jpki.wrong-signed-attributes", "until 2049 it is a UTCTime");
        Verify(Good with { SigningTime = Raw.Generalized("20500101000000.5Z") }).ShouldBe("jpki.wrong-signed-attributes", "without fraction");
    }

    [Fact]
    public void Each_attribute_stands_once_with_one_value()
    {
        var contentType = CmsDraft.Attribute(ContentType, Good.ContentTypeValue);
        var digest = CmsDraft.Attribute(MessageDigest, Digest);
        var time = CmsDraft.Attribute(SigningTime, Good.SigningTime);

        Verify(Good with { Attributes = [contentType, time, time, digest] }).ShouldBe("jpki.wrong-signed-attributes");
        Verify(Good with { Attributes = [contentType, contentType, digest] }).ShouldBe("jpki.wrong-signed-attributes");
        Verify(Good with { Attributes = [contentType, digest, CmsDraft.Attribute(SigningTime, Good.SigningTime, Raw.Utc("261120030001Z"))] }).ShouldBe("jpki.wrong-signed-attributes");
        Verify(Good with { Attributes = [CmsDraft.Attribute(SigningTime), contentType, digest] }).ShouldBe("jpki.wrong-signed-attributes");
        Verify(Good with { Attributes = [contentType, CmsDraft.Attribute(MessageDigest, Raw.Node(Raw.OctetString, new byte[20]))] }).ShouldBe("jpki.wrong-signed-attributes");
        Verify(Good with { Attributes = [digest, contentType] }).ShouldBe("jpki.wrong-signed-attributes", "a set is written in order");
        Verify(Good with { Attributes = [] }).ShouldBe("jpki.wrong-signed-attributes");
    }

    [Fact]
    public void A_length_inside_a_signed_attribute_is_written_in_one_way()
    {
        Verify(Good with { ContentTypeValue = Raw.LongNode(0x06, Good.ContentTypeValue[2..]) }).ShouldBe("jpki.not-der");
        Verify(Good with { SigningTime = [0x17, 0x80, .. Good.SigningTime[2..], 0, 0] }).ShouldBe("jpki.not-der");
    }

    [Theory]
    [InlineData(0), InlineData(3), InlineData(4)]
    public void Other_versions_are_refused(int version)
    {
        Verify(Good with { Version = Raw.Integer(version) }).ShouldBe("jpki.wrong-version");
        Verify(Good with { SignerVersion = Raw.Integer(version) }).ShouldBe("jpki.wrong-version");
    }

    [Fact]
    public void The_digest_algorithms_are_exactly_the_signers()
    {
        Verify(Good with { DigestAlgorithms = Raw.Node(Raw.Set, Raw.Algorithm(Sha256), Raw.Algorithm(Sha384)) }).ShouldBe("jpki.wrong-algorithm");
        Verify(Good with { DigestAlgorithms = Raw.Node(Raw.Set, Raw.Algorithm(Sha384)) }).ShouldBe("jpki.wrong-algorithm");
        Verify(Good with { DigestAlgorithms = Raw.Node(Raw.Set) }).ShouldBe("jpki.wrong-algorithm");
        Verify(Good with { DigestAlgorithm = Raw.Node(Raw.Sequence, Raw.Oid(Sha256), Raw.Utf8("with salt")) }).ShouldBe("jpki.wrong-algorithm");
    }

    [Fact]
    public void The_bag_holds_one_certificate_and_no_other_choice()
    {
        var certificate = ForgedAuthority.Instance.Issue(Good.Certificate);

        Verify(Good with { Certificates = [.. certificate, .. Raw.Node(0xA1, certificate[4..])] }).ShouldBe("jpki.not-one-certificate");
        Verify(Good with { Certificates = Raw.Node(0xA2, certificate[4..]) }).ShouldBe("jpki.not-one-certificate");
        Verify(Good with { Certificates = [.. certificate, .. certificate] }).ShouldBe("jpki.not-one-certificate");
        Verify(Good with { Certificates = [] }).ShouldBe("jpki.not-one-certificate");
    }

    [Fact]
    public void Unsigned_attributes_are_refused_even_where_there_are_none_in_them() => Verify(Good with { Unsigned = Raw.Node(0xA1) }).ShouldBe("jpki.has-unsigned-attributes");

    [Fact]
    public void The_signer_is_named_byte_by_byte_as_in_the_certificate()
    {
        // The same text in another string type: equal for a reader of names, and another name for us.
        var printable = Raw.Node(
            Raw.Sequence,
            Raw.Node(Raw.Set, Raw.Node(Raw.Sequence, Raw.Oid("2.5.4.6"), Raw.Node(0x13, "JP"u8.ToArray()))),
            Raw.Node(Raw.Set, Raw.Node(Raw.Sequence, Raw.Oid("2.5.4.3"), Raw.Node(0x13, "Forged authority"u8.ToArray()))));

        Verify(Good with { Signer = Raw.Node(Raw.Sequence, printable, Good.Certificate.Serial) }).ShouldBe("jpki.not-one-certificate");
        Verify(Good with { Signer = Raw.Node(Raw.Sequence, ForgedAuthority.Name, Raw.Integer(7)) }).ShouldBe("jpki.not-one-certificate");
        Verify(Good with { Signer = Raw.Node(Raw.Sequence, ForgedAuthority.Name, Good.Certificate.Serial, Raw.Integer(1)) }).ShouldBe("jpki.not-der");
    }

    [Fact]
    public void An_answer_that_is_nested_without_end_is_refused()
    {
        var deep = Enumerable.Range(0, 2000).Aggregate(Array.Empty<byte>(), (inner, _) => Raw.Node(0xA0, inner));

        Verify(deep).ShouldBe("jpki.not-der");
    }

    private static string Verify(CmsDraft draft) => Verify(draft.Encode());

    private static string Verify(byte[] cms)
    {
        var result = ForgedAuthority.Instance.Verifier().Verify(cms, Document, CertificateKind.Authentication);
        return result.IsRefused ? result.Error.Code : "taken";
    }
}
