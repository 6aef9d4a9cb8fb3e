using System.Globalization;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.TestPersons;

namespace MyPortal.Sandbox.Holders;

/// <summary>What さくら市 knows about the invented people: tax, property and the resident register.</summary>
internal static class CityRecords
{
    public const string Organisation = "sakura-city";

    private const string LastYear = "2025";
    private const string ThisYear = "2026";
    private const string Register = "2026-11-01";

    private static readonly Dictionary<string, (int Income, int Tax, int Paid)> Taxes = new(StringComparer.Ordinal)
    {
        ["hanako"] = (3_124_000, 182_400, 136_800),
        ["kenji"] = (1_482_000, 42_600, 42_600),
        ["misaki"] = (2_280_000, 118_900, 59_600),
        ["fumiko"] = (104_000, 0, 0),
        ["taro"] = (4_356_000, 268_300, 201_300),
        ["yoko"] = (2_731_000, 151_200, 113_400),
        ["shota"] = (480_000, 0, 0),
        ["emi"] = (3_568_000, 204_700, 153_600),
        ["daiki"] = (3_042_000, 176_500, 132_400),
        ["mirai"] = (2_415_000, 127_300, 95_500),
        ["kazuo"] = (5_208_000, 341_600, 256_200),
        ["setsuko"] = (460_000, 5_000, 5_000),
        ["osamu"] = (3_890_000, 229_800, 172_400),
        ["naoki"] = (3_317_000, 194_100, 145_600),
        ["yuko"] = (2_956_000, 169_400, 127_100),
    };

    private static readonly Dictionary<string, (int Tax, decimal Floor, decimal Land)> Properties = new(StringComparer.Ordinal)
    {
        ["hanako"] = (48_300, 98.52m, 132.40m),
        ["taro"] = (48_300, 98.52m, 132.40m),
        ["kenji"] = (71_900, 124.21m, 186.05m),
        ["fumiko"] = (39_600, 86.10m, 158.77m),
        ["kazuo"] = (88_200, 131.66m, 204.93m),
    };

    private static readonly Dictionary<string, (string Relation, int Size, string Since)> Households = new(StringComparer.Ordinal)
    {
        ["hanako"] = ("妻", 3, "2014-03-28"),
        ["kenji"] = ("世帯主", 2, "1958-11-03"),
        ["misaki"] = ("世帯主", 1, "2026-06-22"),
        ["fumiko"] = ("世帯主", 1, "1966-05-10"),
        ["taro"] = ("世帯主", 3, "2014-03-28"),
        ["sakura"] = ("子", 3, "2016-04-02"),
        ["yoko"] = ("世帯主", 2, "2009-10-01"),
        ["yuko"] = ("世帯主", 1, "2026-09-14"),
    };

    public static IReadOnlyDictionary<string, HeldDataset> Of(Person person)
    {
        var datasets = new Dictionary<string, HeldDataset>(StringComparer.Ordinal) { ["city-resident"] = Residence(person) };
        if (Taxes.TryGetValue(person.Id, out var tax))
        {
            datasets["city-tax"] = new HeldDataset([Yen("income", tax.Income, LastYear), Yen("resident-tax", tax.Tax, ThisYear), Yen("resident-tax-paid", tax.Paid, Register)]);
        }
        if (Properties.TryGetValue(person.Id, out var property)) datasets["city-property"] = Property(person, property);
        return datasets;
    }

    private static HeldDataset Residence(Person person)
    {
        var (relation, size, since) = Households.GetValueOrDefault(person.Id, ("世帯主", 1, "2018-04-01"));
        return new HeldDataset(
        [
            new DatasetRecord("address", person.Attributes.Address, DatasetType.Text, AsOf: Register),
            new DatasetRecord("household-head", relation, DatasetType.Text, AsOf: Register),
            new DatasetRecord("household-size", size.ToString(CultureInfo.InvariantCulture), DatasetType.Number, "人", Register),
            new DatasetRecord("since", since, DatasetType.Day),
        ]);
    }

    private static HeldDataset Property(Person person, (int Tax, decimal Floor, decimal Land) property) => new(
        [Yen("property-tax", property.Tax, ThisYear), Area("floor-area", property.Floor), Area("land-area", property.Land)],
        person.Id is "kenji"
            ? new Dictionary<string, string>(StringComparer.Ordinal) { ["land-area"] = "土地の境界を確認している間は、面積をここでは表示しません。さくら市の資産税課の窓口でご確認ください。" }
            : null);

    private static DatasetRecord Yen(string item, int amount, string asOf) => new(item, amount.ToString(CultureInfo.InvariantCulture), DatasetType.Number, "JPY", asOf);

    private static DatasetRecord Area(string item, decimal squareMetres) => new(item, squareMetres.ToString(CultureInfo.InvariantCulture), DatasetType.Number, "m2", "2026-01-01");
}
