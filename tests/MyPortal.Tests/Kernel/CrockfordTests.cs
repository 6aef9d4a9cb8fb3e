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
    [InlineData("０0041061050R3GG28A1C60T3GF", "a full-width digit is none")]
    [InlineData("", "nothing")]
    [InlineData(null, "null")]
    public void What_is_not_a_code_of_sixteen_bytes_is_not_read(string? text, string because) => Crockford.TryRead(text, 16, out _).ShouldBeFalse(because);
}
