using FsCheck;
using FsCheck.Fluent;
using MyPortal.Kernel;

namespace MyPortal.Tests.Kernel;

public sealed class CrockfordTests
{
    // Computed with Python's integers from the definition.
    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f", "00041061050R3GG28A1C60T3GF")]
    [InlineData("ffffffffffffffffffff", "ZZZZZZZZZZZZZZZZ")]
    [InlineData("deadbeef", "3FAVFQF")]
    [InlineData("ffffffffffffffffffffffffffffffff", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("", "")]
    public void Writing_equals_the_vectors(string hex, string expected) => Crockford.Write(Convert.FromHexString(hex)).ShouldBe(expected);

    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll<byte[]>(bytes => Crockford.TryRead(Crockford.Write(bytes), bytes.Length, out var read) && read.AsSpan().SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_forgives_case_hyphens_spaces_and_letters_that_look_like_digits() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            var typed = string.Join("- ", Crockford.Write(bytes).Replace('0', 'o').Replace('1', 'l').ToLowerInvariant().Chunk(3).Select(group => new string(group)));
            return Crockford.TryRead(typed, bytes.Length, out var read) && read.AsSpan().SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    // What the same keys give with a Japanese keyboard: full width, and each of its dashes and blanks.
    [Theory]
    [InlineData("０００４－１０６１－０５０Ｒ－３ＧＧ２－８Ａ１Ｃ－６０Ｔ３－ＧＦ"), InlineData("ｏｏｏ４ー１ｏ６１ー０５０ｒー３ｇｇ２ー８ａ１ｃー６０ｔ３ーｇｆ")]
    [InlineData("0004‐1061‑050R‒3GG2–8A1C—60T3―GF"), InlineData("0004−1061ｰ050R﹣3GG2﹘8A1C─60T3━GF"), InlineData("0004〜1061～050R 3GG2 8A1C 60T3 GF")]
    [InlineData("0004　1061　050R　3GG2　8A1C　60T3　GF"), InlineData("\t0004\u00A01061\u2003050R\u202F3GG2\u200B8A1C\uFEFF60T3\u00ADGF\r\n")]
    public void Reading_forgives_every_dash_blank_and_width_of_a_keyboard(string typed)
    {
        Crockford.TryRead(typed, 16, out var bytes).ShouldBeTrue();

        Convert.ToHexStringLower(bytes).ShouldBe("000102030405060708090a0b0c0d0e0f");
    }

    [Fact]
    public void Half_of_a_pair_is_not_a_code() => Crockford.TryRead("00041061050R3GG28A1C60T3GF\uD800", 16, out _).ShouldBeFalse();

    [Fact]
    public void An_endless_text_is_not_a_code() => Crockford.TryRead("00041061050R3GG28A1C60T3GF" + new string('-', 100_000), 16, out _).ShouldBeFalse();

    [Fact]
    public void Whatever_can_be_read_has_one_canonical_form() =>
        Prop.ForAll(Gen.Elements("0123456789ABCDEFGHJKMNPQRSTVWXYZabcilo -".ToCharArray()).ArrayOf().ToArbitrary(), characters =>
        {
            var text = new string(characters);
            var count = characters.Count(c => c is not ('-' or ' ')) * 5 / 8;
            return !Crockford.TryRead(text, count, out var bytes)
                || Crockford.TryRead(Crockford.Write(bytes), count, out var again) && again.AsSpan().SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Changing_one_character_changes_what_is_read() =>
        Prop.ForAll<byte[], byte, int>((bytes, other, place) =>
        {
            if (bytes.Length is 0)
            {
                return true;
            }

            var text = Crockford.Write(bytes).ToCharArray();
            var index = (int)((uint)place % (uint)text.Length);
            var before = text[index];
            text[index] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[other % 32];
            return text[index] == before || !Crockford.TryRead(new string(text), bytes.Length, out var read) || !read.AsSpan().SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "a spare bit is set")]
    [InlineData("0004106105", "too short")]
    [InlineData("00041061050R3GG28A1C60T3GF0", "too long")]
    [InlineData("U0041061050R3GG28A1C60T3GF", "U is no letter of the alphabet")]
    [InlineData("〇0041061050R3GG28A1C60T3GF", "a Han zero is none")]
    [InlineData("", "nothing")]
    [InlineData(null, "null")]
    public void What_is_not_a_code_of_sixteen_bytes_is_not_read(string? text, string because) => Crockford.TryRead(text, 16, out _).ShouldBeFalse(because);
}
