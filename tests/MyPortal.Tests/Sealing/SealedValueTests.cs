using System.Security.Cryptography;
using MyPortal.Features.Notices;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Tests.Sealing;

public sealed class SealedValueTests
{
    private static readonly NoticeAddress Here = new(new NoticeId(Guid.NewGuid()), new CitizenId(Guid.NewGuid()), new SenderId(Guid.NewGuid()), new SenderServiceId(Guid.NewGuid()), 1);

    private static readonly Dictionary<string, AssociatedData> Elsewhere = new(StringComparer.Ordinal)
    {
        ["another row"] = NoticePlaces.Of("Head", Here with { Id = new NoticeId(Guid.NewGuid()) }),
        ["another owner"] = NoticePlaces.Of("Head", Here with { Owner = new CitizenId(Guid.NewGuid()) }),
        ["another sender"] = NoticePlaces.Of("Head", Here with { Sender = new SenderId(Guid.NewGuid()) }),
        ["another service"] = NoticePlaces.Of("Head", Here with { Service = new SenderServiceId(Guid.NewGuid()) }),
        ["another version"] = NoticePlaces.Of("Head", Here with { ContentVersion = 2 }),
        ["another column"] = NoticePlaces.Of("Body", Here),
        ["another table"] = NoticePlaces.Of("Head", Here) with { Table = "Drafts" },
        ["sender and owner exchanged"] = NoticePlaces.Of("Head", Here with { Owner = new CitizenId(Here.Sender.Value), Sender = new SenderId(Here.Owner.Value) }),
    };

    public static TheoryData<string> Places => [.. Elsewhere.Keys];

    [Fact]
    public void What_was_sealed_opens_at_its_place()
    {
        using var key = NewKey();

        key.Open(key.Seal("ことば"u8, NoticePlaces.Of("Head", Here)), NoticePlaces.Of("Head", Here)).ShouldBe("ことば"u8.ToArray());
    }

    [Theory, MemberData(nameof(Places))]
    public void A_value_that_was_moved_cannot_be_opened(string place)
    {
        using var key = NewKey();
        var sealedBytes = key.Seal("ことば"u8, NoticePlaces.Of("Head", Here));

        Should.Throw<CryptographicException>(() => key.Open(sealedBytes, Elsewhere[place]));
    }

    [Fact]
    public void A_change_of_any_byte_and_any_shortening_is_noticed()
    {
        using var key = NewKey();
        var place = NoticePlaces.Of("Head", Here);
        var sealedBytes = key.Seal("ことば"u8, place);

        for (var i = 0; i < sealedBytes.Length; i++)
        {
            var changed = sealedBytes.ToArray();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => key.Open(changed, place));
            Should.Throw<CryptographicException>(() => key.Open(sealedBytes.AsSpan(0, i).ToArray(), place));
        }

        Should.Throw<CryptographicException>(() => key.Open([.. sealedBytes, 0], place));
    }

    [Fact]
    public void Another_key_and_another_key_version_open_nothing()
    {
        var secret = RandomSource.System.Bytes(32);
        using var key = new SealingKey([.. secret], 1, RandomSource.System);
        using var next = new SealingKey([.. secret], 2, RandomSource.System);
        using var other = NewKey();
        var place = NoticePlaces.Of("Head", Here);
        var sealedBytes = key.Seal("ことば"u8, place);

        Should.Throw<CryptographicException>(() => next.Open(sealedBytes, place));
        Should.Throw<CryptographicException>(() => other.Open(sealedBytes, place));
    }

    [Fact]
    public void The_same_words_are_sealed_differently_each_time()
    {
        using var key = NewKey();
        var place = NoticePlaces.Of("Head", Here);

        Enumerable.Range(0, 1_000).Select(_ => Convert.ToHexString(key.Seal("同じ"u8, place))).Distinct(StringComparer.Ordinal).Count().ShouldBe(1_000);
    }

    [Fact]
    public void A_wiped_key_seals_nothing_under_zeros()
    {
        var key = NewKey();
        key.Dispose();

        Should.Throw<ObjectDisposedException>(() => key.Seal("ことば"u8, NoticePlaces.Of("Head", Here)));
    }

    [Fact]
    public void One_key_serves_many_at_once()
    {
        using var key = NewKey();

        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var place = new AssociatedData("Table", "Column", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var words = BitConverter.GetBytes(i);
            key.Open(key.Seal(words, place), place).ShouldBe(words);
        });
    }

    [Fact]
    public void Two_places_never_write_the_same_bytes_however_their_words_are_cut()
    {
        var places = new[] { new AssociatedData("A", "BC"), new AssociatedData("AB", "C"), new AssociatedData("A", "B", "C"), new AssociatedData("A", "B", "", "C"), new AssociatedData("A", "B", "C", ""), new AssociatedData("", "ABC") };

        places.Select(place => Convert.ToHexString(place.ToAssociatedData(1, 1))).Distinct(StringComparer.Ordinal).Count().ShouldBe(places.Length);
    }

    private static SealingKey NewKey() => new(RandomSource.System.Bytes(32), 1, RandomSource.System);
}
