using FsCheck;
using FsCheck.Fluent;
using MyPortal.Kernel;

namespace MyPortal.Tests.Kernel;

public sealed class LocalPathTests
{
    private static readonly Uri Portal = new("https://portal.example");

    [Theory]
    [InlineData("/")]
    [InlineData("/account/devices?done=gone")]
    [InlineData("/inbox#top")]
    [InlineData("/a//b")]
    public void A_path_of_this_site_is_followed(string path) => LocalPath.OrHome(path).ShouldBe(path);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("account")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData(" /account")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\r\nSet-Cookie: session=x")]
    [InlineData("/アカウント")]
    public void Anything_else_leads_home(string? path) => LocalPath.OrHome(path).ShouldBe("/");

    [Fact]
    public void No_text_leads_to_another_site() =>
        Prop.ForAll(Gen.Elements("/\\.:@?#ae1".ToCharArray()).ArrayOf().ToArbitrary(), characters =>
            new Uri(Portal, LocalPath.OrHome("/" + new string(characters))).Host == Portal.Host).QuickCheckThrowOnFailure();
}
