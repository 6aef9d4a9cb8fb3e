using System.Security.Cryptography;
using MyPortal.Contracts.CardAgent;
using MyPortal.Tests.Jpki.Forging;
using static MyPortal.Tests.Jpki.Forging.CertificateDraft;

namespace MyPortal.Tests.Jpki;

/// <summary>Steps 3 and 6 of the verifier: each test spoils one thing of a certificate that the trusted authority truly signed.</summary>
public sealed class CertificateStrictnessTests
{
    private const string RsaKey = "1.2.840.113549.1.1.1";
    private const string EllipticKey = "1.2.840.10045.2.1";
    private const string P384 = "1.3.132.0.34";
    private static readonly byte[] Document = "{\"type\":\"MYP-CARD/1\"}"u8.ToArray();
    private static readonly CertificateDraft Good = new();

    [Fact]
    public void The_certificates_that_the_others_spoil_are_taken()
    {
        Verify(Good).ShouldBe("taken");
        Verify(OfSignature(Attributes), CertificateKind.Signature).ShouldBe("taken");
        Verify(Good.With(ForgedAuthority.BasicConstraints(0x30, 0))).ShouldBe("taken", "an empty basic constraint says: no authority");
        Verify(Good.With(Purposes("1.3.6.1.5.5.7.3.9", "1.3.6.1.5.5.7.3.2"))).ShouldBe("taken", "logging in is among its purposes");
        Verify(Good.With(Extension("1.2.392.200149.8.5.9", critical: false, Raw.Utf8("new")))).ShouldBe("taken", "what is not critical may be unknown");
        Verify(Good with { NotAfter = Raw.Generalized("20510101000000Z") }).ShouldBe("taken");
        Verify(Good with { Algorithm = Raw.Algorithm("1.2.840.113549.1.1.13"), Hash = HashAlgorithmName.SHA512 }).ShouldBe("taken");
    }

    [Theory]
    [InlineData("1.2.840.113549.1.1.5", "SHA1")]
    [InlineData("1.2.840.113549.1.1.4", "MD5")]
    public void A_weak_signature_of_the_issuer_is_refused(string algorithm, string hash) =>
        Verify(Good with { Algorithm = Raw.Algorithm(algorithm), Hash = new HashAlgorithmName(hash) }).ShouldBe("jpki.weak-certificate");

    [Fact]
    public void The_issuers_algorithm_is_the_same_inside_and_outside() =>
        Verify(Good with { OuterAlgorithm = Raw.Algorithm("1.2.840.113549.1.1.12") }).ShouldBe("jpki.wrong-certificate-form");

    [Fact]
    public void An_authority_is_no_person()
    {
        Verify(Good.With(ForgedAuthority.BasicConstraints(0x30, 3, 1, 1, 0xFF))).ShouldBe("jpki.not-an-end-certificate");
        Verify(Good.With(ForgedAuthority.BasicConstraints(0x30, 6, 1, 1, 0xFF, 2, 1, 0))).ShouldBe("jpki.not-an-end-certificate");
        Verify(Good.With(ForgedAuthority.BasicConstraints(0x30, 3, 2, 1, 0))).ShouldBeOneOf("jpki.not-an-end-certificate", "jpki.untrusted-root");
    }

    [Theory]
    [InlineData("2.5.29.30")]
    [InlineData("2.5.29.33")]
    [InlineData("2.5.29.36")]
    [InlineData("2.5.29.54")]
    public void Constraints_for_authorities_are_refused(string oid)
    {
        var value = oid switch
        {
            "2.5.29.30" => Raw.Node(0x30, Raw.Node(0xA0, Raw.Node(0x30, Raw.Node(0x82, "example.jp"u8.ToArray())))),
            "2.5.29.33" => Raw.Node(0x30, Raw.Node(0x30, Raw.Oid(AuthenticationPolicy), Raw.Oid("1.2.3.4"))),
            "2.5.29.36" => Raw.Node(0x30, Raw.Node(0x80, [0])),
            _ => Raw.Integer(0),
        };

        Verify(Good.With(Extension(oid, critical: false, value))).ShouldBeOneOf("jpki.not-an-end-certificate", "jpki.untrusted-root");
    }

    [Theory]
    [InlineData("1.3.6.1.5.5.7.3.9")]
    [InlineData("1.3.6.1.5.5.7.3.1")]
    [InlineData("1.3.6.1.5.5.7.3.4")]
    public void A_certificate_for_another_purpose_alone_is_refused(string purpose) => Verify(Good.With(Purposes(purpose))).ShouldBe("jpki.wrong-extended-key-usage");

    [Fact]
    public void Other_versions_are_refused()
    {
        Verify(Good with { Version = Raw.Node(0xA0, Raw.Integer(1)) }).ShouldBe("jpki.wrong-certificate-form");
        Verify(Good with { Version = Raw.Node(0xA0, Raw.Integer(3)) }).ShouldBe("jpki.wrong-certificate-form");
        Verify(Good with { Version = [] }).ShouldBe("jpki.wrong-certificate-form");
    }

    [Fact]
    public void The_serial_is_positive_and_at_most_20_bytes()
    {
        Verify(Good with { Serial = Raw.Node(2, [0x7F, .. new byte[19]]) }).ShouldBe("taken");
        Verify(Good with { Serial = Raw.Node(2, [0x7F, .. new byte[20]]) }).ShouldBe("jpki.wrong-certificate-form");
        Verify(Good with { Serial = Raw.Integer(-1) }).ShouldBe("jpki.wrong-certificate-form");
        Verify(Good with { Serial = Raw.Integer(0) }).ShouldBe("jpki.wrong-certificate-form");
        Verify(Good with { Serial = [2, 0] }).ShouldBe("jpki.not-der");
        Verify(Good with { Serial = [2, 2, 0, 1] }).ShouldBe("jpki.not-der");
    }

    [Fact]
    public void No_extension_stands_twice()
    {
        Verify(Good.With(KeyUsage(3, 2, 7, 0x80))).ShouldBe("jpki.wrong-certificate-form");
        Verify(Good.With(Extension("1.2.3.4", false, Raw.Integer(1)), Extension("1.2.3.4", false, Raw.Integer(1)))).ShouldBe("jpki.wrong-certificate-form");
    }

    [Fact]
    public void Nothing_stands_behind_the_end_of_anything()
    {
        Verify(Good with { After = Raw.Integer(1) }).ShouldBe("jpki.not-der");
        Verify(Good with { Between = Raw.Node(0x81, [0, 1]) }).ShouldBe("jpki.not-der");
        Verify(Good with { NotAfter = [.. Good.NotAfter, .. Raw.Integer(1)] }).ShouldBe("jpki.not-der");
        Verify(Good with { Extensions = [KeyUsage(3, 2, 7, 0x80, 0), Policies(AuthenticationPolicy)] }).ShouldBe("jpki.not-der");
        Verify(Good with { Extensions = [KeyUsage(3, 2, 7, 0x80), Extension("2.5.29.32", true, [.. Raw.Node(0x30, Raw.Node(0x30, Raw.Oid(AuthenticationPolicy))), 5, 0])] }).ShouldBe("jpki.not-der");
        var issued = ForgedAuthority.Instance.Issue(Good);
        Verify([.. issued, 0]).ShouldBe("jpki.not-der");
        Verify(Raw.Node(0x30, issued[4..], [5, 0])).ShouldBe("jpki.not-der");
    }

    [Fact]
    public void A_default_value_is_not_written() =>
        Verify(Good.With(Raw.Node(0x30, Raw.Oid("1.2.3.4"), Raw.Boolean(false), Raw.Node(4, Raw.Integer(1))))).ShouldBe("jpki.not-der");

    [Fact]
    public void A_critical_extension_that_nobody_knows_is_refused() =>
        Verify(Good.With(Extension("1.2.3.4", critical: true, Raw.Integer(1)))).ShouldBeOneOf("jpki.unknown-critical-extension", "jpki.untrusted-root");

    [Fact]
    public void The_key_usage_is_critical_and_exactly_the_one_of_the_kind()
    {
        Verify(Good with { Extensions = [Extension("2.5.29.15", critical: false, [3, 2, 7, 0x80]), Policies(AuthenticationPolicy)] }).ShouldBe("jpki.wrong-key-usage");
        Verify(Good with { Extensions = [KeyUsage(3, 2, 3, 0x88), Policies(AuthenticationPolicy)] }).ShouldBe("jpki.wrong-key-usage");
        Verify(Good with { Extensions = [Policies(AuthenticationPolicy)] }).ShouldBe("jpki.wrong-key-usage");
    }

    [Theory]
    [InlineData("250101000060Z"), InlineData("250230000000Z"), InlineData("2501010000Z")]
    public void A_validity_that_is_no_time_is_refused(string time) => Verify(Good with { NotBefore = Raw.Utc(time) }).ShouldBe("jpki.not-der");

    [Fact]
    public void A_validity_in_another_form_is_refused()
    {
        Verify(Good with { NotBefore = Raw.Generalized("20250101000000Z") }).ShouldBe("jpki.not-der");
        Verify(Good with { NotBefore = Raw.Utc("340101000000Z") }).ShouldBe("jpki.wrong-certificate-form", "it ends before it begins");
    }

    [Fact]
    public void A_key_in_another_form_is_refused()
    {
        var numbers = ForgedAuthority.Instance.CardKey.ExportParameters(includePrivateParameters: false);
        var (modulus, exponent) = (Raw.Node(2, [0, .. numbers.Modulus!]), Raw.Node(2, numbers.Exponent!));
        byte[] even = [.. modulus[..^1], (byte)(modulus[^1] & 0xFE)];

        Verify(Good with { Key = Rsa(modulus, exponent) }).ShouldBe("taken");
        Verify(Good with { Key = Rsa(modulus, exponent, Raw.Integer(3)) }).ShouldBe("jpki.wrong-key", "a third number");
        Verify(Good with { Key = Rsa(modulus, Raw.Integer(3)) }).ShouldBe("jpki.wrong-key");
        Verify(Good with { Key = Rsa(Raw.Node(2, numbers.Modulus!), exponent) }).ShouldBe("jpki.wrong-key", "a negative modulus");
        Verify(Good with { Key = Rsa(even, exponent) }).ShouldBe("jpki.wrong-key", "an even modulus");
        Verify(Good with { Key = Rsa(Raw.LongNode(2, [0, .. numbers.Modulus!]), exponent) }).ShouldBe("jpki.not-der");
    }

    [Fact]
    public void A_point_in_another_form_or_off_its_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] off = [.. point.Y!];
        off[^1] ^= 1;

        Verify(Good with { Key = Point(4, point.X!, off) }).ShouldBe("jpki.wrong-key");
        Verify(Good with { Key = Point((byte)(6 + (point.Y![^1] & 1)), point.X!, point.Y!) }).ShouldBe("jpki.wrong-key", "a hybrid point");
        Verify(Good with { Key = Point((byte)(2 + (point.Y![^1] & 1)), point.X!, []) }).ShouldBe("jpki.wrong-key", "a compressed point");
        Verify(Good with { Key = Point(4, point.X!, point.Y!) }).ShouldBe("jpki.wrong-algorithm", "the point is good; the answer is signed by another key");
    }

    [Fact]
    public void The_four_attributes_stand_once_each_in_their_types_whatever_stands_beside_them()
    {
        Signature([.. Attributes, OtherName("1.3.6.1.4.1.311.20.2.3", Raw.Utf8("hanako@example.jp"))]).ShouldBe("taken");
        Signature([OtherName("1.2.3.4", Raw.Integer(5)), .. Attributes, Raw.Node(0x81, "hanako@example.jp"u8.ToArray())]).ShouldBe("taken");
        Signature([.. Attributes, Attribute(3, Raw.Utf8("1"))]).ShouldBe("jpki.no-attributes", "two sexes");
        foreach (var missing in new[] { 0, 2, 3, 4 })
        {
            Signature([.. Attributes.Where((_, place) => place != missing)]).ShouldBe("jpki.no-attributes");
        }

        Signature(Replaced(2, Raw.Integer(2))).ShouldBe("jpki.no-attributes");
        Signature(Replaced(2, Raw.Utf8("4"))).ShouldBe("jpki.no-attributes");
        Signature(Replaced(3, Raw.Utf8("1985-04-12"))).ShouldBe("jpki.no-attributes");
        Signature(Replaced(3, Raw.Utf8("３19850412"))).ShouldBe("jpki.no-attributes");
        Signature(Replaced(3, Raw.Utf8("919850412"))).ShouldBe("jpki.no-attributes");
        Signature(Replaced(3, Raw.Utf8("320160000"))).ShouldBe("taken", "a birth date may be incomplete");
        Signature(Replaced(0, Raw.Utf8(" "))).ShouldBe("jpki.no-attributes");
        Signature(Replaced(0, Raw.Node(0x13, "Yamada"u8.ToArray()))).ShouldBe("jpki.no-attributes");
    }

    private static byte[][] Replaced(int place, byte[] value) => [.. Attributes.Select((attribute, index) => index == place ? Attribute(place + 1, value) : attribute)];

    private static string Signature(byte[][] names) => Verify(OfSignature(names), CertificateKind.Signature);

    private static byte[] Rsa(params byte[][] numbers) => Raw.Node(0x30, Raw.Algorithm(RsaKey), Raw.Bits(Raw.Node(0x30, numbers)));

    private static byte[] Point(byte form, byte[] x, byte[] y) => Raw.Node(0x30, Raw.Node(0x30, Raw.Oid(EllipticKey), Raw.Oid(P384)), Raw.Bits([form, .. x, .. y]));

    private static string Verify(CertificateDraft draft, CertificateKind kind = CertificateKind.Authentication) =>
        Verify(ForgedAuthority.Instance.Issue(draft), kind, draft);

    private static string Verify(byte[] certificate, CertificateKind kind = CertificateKind.Authentication, CertificateDraft? draft = null)
    {
        var cms = new CmsDraft(Document) { Certificate = draft ?? Good, Issued = certificate };
        var result = ForgedAuthority.Instance.Verifier(kind).Verify(cms.Encode(), Document, kind);
        return result.IsRefused ? result.Error.Code : "taken";
    }
}
