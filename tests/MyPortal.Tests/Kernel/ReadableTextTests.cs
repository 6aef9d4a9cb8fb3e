using MyPortal.Kernel;

namespace MyPortal.Tests.Kernel;

public sealed class ReadableTextTests
{
    /// <summary>A Han character with the selector of one of its forms: one character to a reader, three code units to a program.</summary>
    private const string Katsuragi = "葛\U000E0100";

    [Theory]
    [InlineData("お知らせ"), InlineData("Your contract – 12/3"), InlineData("ﾐﾄﾞﾘ電力㈱"), InlineData("か\u3099"), InlineData("é"), InlineData("e\u0301"), InlineData("한국어"), InlineData("नमस्ते")]
    [InlineData(Katsuragi + "城市"), InlineData("〇\uFE00"), InlineData("神\uFE00"), InlineData("\U00020BB7\U000E0101野家")]
    [InlineData("❤️"), InlineData("☎\uFE0E"), InlineData("1️⃣"), InlineData("👩‍👩‍👧‍👦"), InlineData("👩🏽‍⚕️"), InlineData("🙂‍↔️"), InlineData("🏳️‍🌈"), InlineData("🇯🇵"), InlineData("‼️")]
    [InlineData("⠓⠑⠇⠀⠇"), InlineData("مرحبا"), InlineData("שלום")]
    public void Ordinary_words_of_any_script_are_a_line(string text) => ReadableText.ViolationsInLine(text, 60).ShouldBeEmpty();

    [Theory]
    [InlineData(""), InlineData(" "), InlineData("　"), InlineData("\u00A0\u2003"), InlineData("\u2800\u2800"), InlineData("\uFFFC"), InlineData("\u0301")]
    public void A_text_of_which_nothing_can_be_seen_is_blank(string text) => ReadableText.ViolationsInLine(text, 60).ShouldBe([TextViolation.Blank]);

    [Theory]
    [InlineData("\u3164"), InlineData("\u115F"), InlineData("\u1160"), InlineData("\uFFA0"), InlineData("\u200B"), InlineData("\u2060\u2060"), InlineData("\uFEFF"), InlineData("\u034F"), InlineData("\uFE0F"), InlineData("\U000E0041")]
    public void Fillers_alone_are_blank_and_hidden(string text) => ReadableText.ViolationsInLine(text, 60).ShouldBe([TextViolation.Blank, TextViolation.HiddenCharacter]);

    [Theory]
    [InlineData("\u202A"), InlineData("\u202B"), InlineData("\u202D"), InlineData("\u202E"), InlineData("\u2066"), InlineData("\u2067"), InlineData("\u2068"), InlineData("\u2069"), InlineData("\u200E"), InlineData("\u200F"), InlineData("\u061C")]
    [InlineData("\u200B"), InlineData("\u200C"), InlineData("\u200D"), InlineData("\u2060"), InlineData("\uFEFF"), InlineData("\u00AD"), InlineData("\u180E"), InlineData("\u3164"), InlineData("\uFFA0"), InlineData("\u115F"), InlineData("\u17B4")]
    [InlineData("\U000E0001"), InlineData("\U000E0067\U000E007F"), InlineData("\uE000"), InlineData("\uFFFF"), InlineData("\U000F0000"), InlineData("\uFFF9"), InlineData("\uFE0F"), InlineData("\U000E0100")]
    public void A_character_that_hides_or_turns_others_is_hidden_wherever_it_stands(string hidden)
    {
        foreach (var text in new[] { "知" + "らせ" + hidden, "ab" + hidden + "cd", hidden + "題" })
        {
            ReadableText.ViolationsInLine(text, 60).ShouldBe([TextViolation.HiddenCharacter], $"{text} with U+{char.ConvertToUtf32(hidden, 0):X4}");
        }
    }

    [Theory]
    [InlineData("か\uFE00"), InlineData("a\uFE0F"), InlineData("1\uFE0F"), InlineData("+\uFE0F"), InlineData(Katsuragi + "\U000E0101"), InlineData("❤\uFE0F\uFE0F"), InlineData("❤\U000E0100")]
    [InlineData("👩\u200D"), InlineData("\u200D👩"), InlineData("👩\u200D\u200D👩"), InlineData("👩\u200Da"), InlineData("a\u200D👩"), InlineData("क्\u200Dष"), InlineData("葛\u200D城")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    public void Joiners_and_selectors_count_only_inside_an_emoji_or_behind_a_Han_character(string text) =>
        ReadableText.ViolationsInLine(text, 60).ShouldContain(TextViolation.HiddenCharacter);

    // Not as inline data: attributes are kept in UTF-8, which has no half of a pair.
    [Fact]
    public void Half_of_a_pair_is_hidden()
    {
        foreach (var text in new[] { "a\uD800", "a\uDC00b", "題\uD83D" })
        {
            ReadableText.ViolationsInLine(text, 60).ShouldBe([TextViolation.HiddenCharacter]);
        }
    }

    [Theory]
    [InlineData("題\n名"), InlineData("題\r\n名"), InlineData("題\t名"), InlineData("題\0名"), InlineData("題\u0085名"), InlineData("題\u007F名"), InlineData("題\u2028名"), InlineData("題\u2029名")]
    public void A_line_has_no_control_character_and_no_break(string text) => ReadableText.ViolationsInLine(text, 60).ShouldBe([TextViolation.ControlCharacter]);

    [Theory]
    [InlineData("一\n二", true), InlineData("一\r\n二", true), InlineData("一\t二", true), InlineData("一\u0000二", false), InlineData("一\u000B二", false), InlineData("一\u2028二", false)]
    public void A_block_may_have_breaks_and_tabs_and_no_other_control(string text, bool isGood) => (ReadableText.ViolationsInBlock(text, 60).Count is 0).ShouldBe(isGood);

    [Fact]
    public void Lengths_are_counted_as_people_count()
    {
        ReadableText.IsLine(string.Concat(Enumerable.Repeat(Katsuragi, 40)), 40).ShouldBeTrue();
        ReadableText.IsLine(string.Concat(Enumerable.Repeat(Katsuragi, 41)), 40).ShouldBeFalse();
        ReadableText.IsLine(string.Concat(Enumerable.Repeat("𠮷", 40)), 40).ShouldBeTrue();
        ReadableText.IsLine(string.Concat(Enumerable.Repeat("🇯🇵", 40)), 40).ShouldBeTrue();
        ReadableText.ViolationsInLine(new string('あ', 41), 40).ShouldBe([TextViolation.TooLong]);
    }

    [Fact]
    public void A_text_that_no_column_would_hold_is_too_long_even_when_its_elements_are_few() =>
        ReadableText.ViolationsInLine(string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 40)), 40).ShouldBe([TextViolation.TooLong]);

    [Fact]
    public void Eight_code_points_stand_on_one_another_and_not_nine()
    {
        ReadableText.ViolationsInLine("Z" + new string('\u0301', 7), 60).ShouldBeEmpty();
        ReadableText.ViolationsInLine("Z" + new string('\u0301', 8), 60).ShouldBe([TextViolation.StackedCharacters]);
    }

    [Fact]
    public void All_flaws_are_named() =>
        ReadableText.ViolationsInLine("Z" + new string('\u0301', 8) + "\u202E\0" + new string('あ', 60), 60)
            .ShouldBe([TextViolation.TooLong, TextViolation.ControlCharacter, TextViolation.HiddenCharacter, TextViolation.StackedCharacters]);
}
