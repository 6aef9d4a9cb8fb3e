using System.Buffers.Text;
using FsCheck;
using FsCheck.Fluent;
using MyPortal.Kernel;

namespace MyPortal.Tests.Kernel;

public sealed class StrictBase64UrlTests
{
    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll<byte[]>(bytes => StrictBase64Url.TryRead(Base64Url.EncodeToString(bytes), out var read) && read.AsSpan().SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("AQ=="), InlineData("AQI="), InlineData("AQ\n"), InlineData("A Q"), InlineData(" AQ"), InlineData("AQ\r\n"), InlineData("AR"), InlineData("AQJ"), InlineData("A"), InlineData("A+"), InlineData("A/"), InlineData("ＡＱ"), InlineData("A.")]
    public void Another_form_of_the_same_bytes_is_not_read(string text) => StrictBase64Url.TryRead(text, out _).ShouldBeFalse();
}
