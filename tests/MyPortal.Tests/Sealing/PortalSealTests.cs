using System.Security.Cryptography;
using MyPortal.Certificates;
using MyPortal.Kernel;
using MyPortal.Sealing;

namespace MyPortal.Tests.Sealing;

public sealed class PortalSealTests : IDisposable
{
    private static readonly AssociatedData Place = new("Table", "Column", "row");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("myportal-seal-");
    private readonly PortalSeal seal;

    public PortalSealTests()
    {
        Keys.MakeSecret("key-encryption");
        seal = new PortalSeal(Keys, RandomSource.System);
    }

    private KeyFolder Keys => new(folder.FullName, RandomSource.System);

    public void Dispose()
    {
        seal.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Each_value_is_sealed_under_a_key_of_its_own_so_that_no_key_ever_seals_2_to_the_32()
    {
        const int Many = 2_000;
        var values = Enumerable.Range(0, Many).Select(_ => seal.Seal("ことば"u8, Place)).ToList();

        values.ShouldAllBe(value => value[0] == 2);
        values.Select(value => Convert.ToHexString(value.AsSpan(1, 16))).Distinct(StringComparer.Ordinal).Count().ShouldBe(Many, "the salts are the keys");
        values.Select(value => System.Text.Encoding.UTF8.GetString(seal.Open(value, Place))).Distinct(StringComparer.Ordinal).ShouldBe(["ことば"]);
        var exchanged = values[0].ToArray();
        values[1].AsSpan(1, 16).CopyTo(exchanged.AsSpan(1));
        Should.Throw<CryptographicException>(() => seal.Open(exchanged, Place));
    }

    /// <summary>As sealed before each value had a key of its own, written down from the former code.</summary>
    [Fact]
    public void What_was_sealed_under_the_one_former_key_still_opens()
    {
        using var former = new SealingKey(HKDF.DeriveKey(HashAlgorithmName.SHA256, Keys.Secret("key-encryption"), 32, info: "myportal portal seal"u8.ToArray()), 1, RandomSource.System);

        seal.Open(former.Seal("ことば"u8, Place), Place).ShouldBe("ことば"u8.ToArray());
    }

    [Fact]
    public void A_change_of_any_byte_any_shortening_and_any_other_place_is_noticed()
    {
        var value = seal.Seal("ことば"u8, Place);

        for (var i = 0; i < value.Length; i++)
        {
            var changed = value.ToArray();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => seal.Open(changed, Place));
            Should.Throw<CryptographicException>(() => seal.Open(value.AsSpan(0, i).ToArray(), Place));
        }

        Should.Throw<CryptographicException>(() => seal.Open(value, new AssociatedData("Table", "Column", "other")));
    }
}
