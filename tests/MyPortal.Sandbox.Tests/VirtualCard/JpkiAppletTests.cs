using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Tests.CertificateAuthority;

namespace MyPortal.Sandbox.Tests.VirtualCard;

public sealed class JpkiAppletTests : IDisposable
{
    private const string DigestInfo = "3031300D060960864801650304020105000420";
    private static readonly byte[] Hash = SHA256.HashData("document"u8);

    private readonly AuthorityFixture fixture;
    private readonly CardOnTable card;

    public JpkiAppletTests(AuthorityFixture fixture)
    {
        this.fixture = fixture;
        card = new CardOnTable(fixture);
        card.Send(CardOnTable.SelectApp).ShouldBe("9000");
    }

    public void Dispose() => card.Dispose();

    [Fact]
    public void Another_applications_selection_is_answered_not_found()
    {
        card.Send("00A4040C07A0000000031010").ShouldBe("6A82");
        card.Send("00A40000023F00").ShouldBe("6A82");
    }

    [Fact]
    public void The_authentication_certificate_is_read_in_pieces_and_has_filler_behind_it()
    {
        card.Select("000A").ShouldBe("9000");
        var read = new StringBuilder();
        for (var offset = 0; ; offset += 256)
        {
            var answer = card.Send($"00B0{offset:X4}00");
            if (!answer.EndsWith("9000", StringComparison.Ordinal)) break;
            read.Append(answer.AsSpan(0, answer.Length - 4));
        }

        var file = Convert.FromHexString(read.ToString());
        var length = 4 + ((file[2] << 8) | file[3]);
        file.Length.ShouldBeGreaterThan(length);
        file[..length].ShouldBe(card.Contents.Authentication.Certificate.RawData);
    }

    [Fact]
    public void The_signature_certificate_is_read_only_after_its_password()
    {
        card.Select("0001");
        card.Send("00B0000000").ShouldBe("6982");

        card.Select("001B");
        card.Verify(CardOnTable.Password).ShouldBe("9000");
        card.Select("0001");
        card.Send("00B0000000").ShouldEndWith("9000");
    }

    [Fact]
    public void Token_info_carries_the_cards_short_name()
    {
        card.Select("0006");
        var info = Convert.FromHexString(card.Send("00B0000000")[..^4]);

        info.Length.ShouldBe(160);
        Encoding.ASCII.GetString(info, 0, 32).TrimEnd().ShouldBe("JPKIAPICCTOKEN2");
        Encoding.ASCII.GetString(info, 80, 16).TrimEnd().ShouldBe("hanako");
    }

    [Fact]
    public void A_childs_card_says_that_it_has_no_signature_certificate()
    {
        using var child = new CardOnTable(fixture, withSignature: false);
        child.Send(CardOnTable.SelectApp);
        child.Select("0008").ShouldBe("9000");
        child.Send("00B0000000").ShouldBe("8F00009000");
        child.Select("0001").ShouldBe("6A82");
        child.Select("001A").ShouldBe("6A82");
    }

    [Fact]
    public void Three_misses_lock_the_pin_and_even_the_right_one_no_longer_opens_it()
    {
        card.Select("0018");
        card.Send("00200080").ShouldBe("63C3");
        card.Verify("39393939").ShouldBe("63C2");
        card.Verify("39393939").ShouldBe("63C1");
        card.Verify("39393939").ShouldBe("63C0");
        card.Verify(CardOnTable.Pin).ShouldBe("6984");
        card.Send("00200080").ShouldBe("63C0");
    }

    [Fact]
    public void The_signature_password_has_five_tries()
    {
        card.Select("001B");
        card.Send("00200080").ShouldBe("63C5");
        card.Verify("414141414141").ShouldBe("63C4");
    }

    [Fact]
    public void A_right_entry_refills_the_counter()
    {
        card.Select("0018");
        card.Verify("39393939");
        card.Verify(CardOnTable.Pin).ShouldBe("9000");
        card.Send("00200080").ShouldBe("63C3");
    }

    [Fact]
    public void Tries_survive_a_restart()
    {
        card.Select("0018");
        card.Verify("39393939");

        card.Restart();
        card.Send(CardOnTable.SelectApp);
        card.Select("0018");
        card.Send("00200080").ShouldBe("63C2");
    }

    [Theory]
    [InlineData("00", DigestInfo)]
    [InlineData("02", "")]
    public void A_signature_after_the_pin_verifies(string p1, string prefix)
    {
        card.Select("0018");
        card.Verify(CardOnTable.Pin);
        card.Select("0017");
        var input = prefix + Convert.ToHexString(Hash);

        var answer = card.Send($"802A{p1}80{input.Length / 2:X2}{input}00");

        answer.ShouldEndWith("9000");
        using var key = card.Contents.Authentication.Certificate.GetRSAPublicKey()!;
        key.VerifyHash(Hash, Convert.FromHexString(answer[..^4]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
    }

    [Fact]
    public void The_short_name_of_the_key_may_stand_in_the_command()
    {
        card.Select("001B");
        card.Verify(CardOnTable.Password);

        card.Send($"802A029A20{Convert.ToHexString(Hash)}00").ShouldEndWith("9000");
    }

    [Fact]
    public void Without_the_pin_there_is_no_signature()
    {
        card.Select("0017");
        card.Send($"802A028020{Convert.ToHexString(Hash)}00").ShouldBe("6982");
    }

    [Fact]
    public void Selecting_the_applet_again_forgets_the_pin()
    {
        card.Select("0018");
        card.Verify(CardOnTable.Pin);
        card.Send(CardOnTable.SelectApp);
        card.Select("0017");

        card.Send($"802A028020{Convert.ToHexString(Hash)}00").ShouldBe("6982");
    }

    [Fact]
    public void The_pin_of_one_key_does_not_open_the_other()
    {
        card.Select("0018");
        card.Verify(CardOnTable.Pin);
        card.Select("001A");

        card.Send($"802A028020{Convert.ToHexString(Hash)}00").ShouldBe("6982");
    }

    [Theory]
    [InlineData("802A008003AABBCC00", "6A80")]
    [InlineData("802A7F8003AABBCC00", "6A86")]
    [InlineData("00CA000000", "6D00")]
    [InlineData("90CA000000", "6E00")]
    [InlineData("00B0", "6700")]
    public void What_the_card_does_not_know_it_says(string command, string status)
    {
        card.Select("0018");
        card.Verify(CardOnTable.Pin);
        card.Select("0017");
        card.Send(command).ShouldBe(status);
    }

    [Fact]
    public void The_next_card_signs_with_its_elliptic_key()
    {
        using var next = new CardOnTable(fixture, key: LeafKey.EcP384);
        next.Send(CardOnTable.SelectApp);
        next.Select("0018");
        next.Verify(CardOnTable.Pin);
        next.Select("0017");
        var hash = SHA384.HashData("document"u8);

        var answer = Convert.FromHexString(next.Send($"802A008030{Convert.ToHexString(hash)}00"));

        answer.Length.ShouldBe(98);
        using var key = next.Contents.Authentication.Certificate.GetECDsaPublicKey()!;
        key.VerifyHash(hash, answer[..96]).ShouldBeTrue();
    }
}
