using MyPortal.Kernel;

namespace MyPortal.Tests.Kernel;

public sealed class WrittenNameTests
{
    [Theory]
    [InlineData("葛城花子", "葛\U000E0100城花子"), InlineData("葛\U000E0101城", "葛\U000E0100城"), InlineData("神\uFE00田", "神田"), InlineData("山田　花子", "山田花子"), InlineData("ﾔﾏﾀﾞ", "ヤマダ")]
    [InlineData("ＡＮＮＡ Smith", "ANNA Smith"), InlineData("か\u3099", "が"), InlineData("か\uFE00\u3099", "が"), InlineData("\uFA19田", "神田")]
    public void Another_way_of_writing_is_the_same_name(string one, string other) => WrittenName.AreSame(one, other).ShouldBeTrue();

    [Theory]
    [InlineData("高橋", "髙橋"), InlineData("渡辺", "渡邊"), InlineData("渡邊", "渡邉"), InlineData("吉田", "𠮷田"), InlineData("崎", "﨑"), InlineData("Anna", "anna"), InlineData("", ""), InlineData("　", " "), InlineData("花子", "花子\u200B")]
    public void Another_character_is_another_name_and_nothing_is_nobodys(string one, string other) => WrittenName.AreSame(one, other).ShouldBeFalse();
}
