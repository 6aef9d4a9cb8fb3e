using System.Text;
using MyPortal.CardAgent.Transactions;
using MyPortal.Contracts.CardAgent;

namespace MyPortal.CardAgent.Tests.Transactions;

public sealed class SecretTests
{
    [Theory]
    [InlineData("abc123", "ABC123")]
    [InlineData("ＡＢｃ１２３", "ABC123")]
    [InlineData("AB C-123　", "ABC123")]
    [InlineData("ABCDEFGH12345678", "ABCDEFGH12345678")]
    public void A_password_is_taken_in_the_form_of_the_card(string typed, string expected)
    {
        using var secret = Secret.Read(Encoding.UTF8.GetBytes(typed));

        Encoding.ASCII.GetString(secret.Bytes).ShouldBe(expected);
        secret.Fits(CertificateKind.Signature).ShouldBeTrue();
    }

    [Theory]
    [InlineData("ABC12")]
    [InlineData("ABCDEFGH123456789")]
    [InlineData("パスワード12")]
    [InlineData("ABC12!")]
    public void A_password_of_another_form_is_not_presented(string typed)
    {
        using var secret = Secret.Read(Encoding.UTF8.GetBytes(typed));

        secret.IsEmpty.ShouldBeFalse();
        secret.Fits(CertificateKind.Signature).ShouldBeFalse();
    }

    [Fact]
    public void After_use_the_buffer_is_zero()
    {
        var secret = Secret.Read("1234"u8);
        secret.Dispose();

        secret.Bytes.ToArray().ShouldBe([0, 0, 0, 0]);
    }
}
