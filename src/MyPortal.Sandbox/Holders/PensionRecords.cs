using System.Globalization;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.TestPersons;

namespace MyPortal.Sandbox.Holders;

/// <summary>What the pension agency knows about the invented people. It knows nothing about misaki, who came back from abroad this year, nor about the child.</summary>
internal static class PensionRecords
{
    public const string Organisation = "pension-agency";

    private const string Month = "2026-10";
    private const string NextPayment = "2026-12-15";

    private static readonly Dictionary<string, (int Months, int Expected, int NextAmount)> Known = new(StringComparer.Ordinal)
    {
        ["hanako"] = (241, 1_318_400, 0),
        ["kenji"] = (478, 1_932_000, 322_000),
        ["fumiko"] = (402, 1_104_000, 184_000),
        ["taro"] = (265, 1_702_900, 0),
        ["yoko"] = (389, 1_421_700, 0),
        ["shota"] = (41, 832_000, 0),
        ["emi"] = (186, 1_467_300, 0),
        ["daiki"] = (132, 1_395_800, 0),
        ["mirai"] = (76, 1_288_500, 0),
        ["kazuo"] = (480, 2_214_600, 0),
        ["setsuko"] = (426, 1_560_000, 260_000),
        ["osamu"] = (310, 1_655_200, 0),
        ["naoki"] = (211, 1_492_700, 0),
        ["yuko"] = (287, 1_376_100, 0),
    };

    public static IReadOnlyDictionary<string, HeldDataset> Of(Person person)
    {
        var datasets = new Dictionary<string, HeldDataset>(StringComparer.Ordinal);
        if (!Known.TryGetValue(person.Id, out var known)) return datasets;
        datasets["pension-record"] = new HeldDataset([Number("months-paid", known.Months, "か月", Month), Number("expected-amount", known.Expected, "JPY", "2026")]);
        if (known.NextAmount > 0)
        {
            datasets["pension-payment"] = new HeldDataset([new DatasetRecord("next-payment", NextPayment, DatasetType.Day), Number("next-amount", known.NextAmount, "JPY", NextPayment)]);
        }
        return datasets;
    }

    private static DatasetRecord Number(string item, int value, string unit, string asOf) => new(item, value.ToString(CultureInfo.InvariantCulture), DatasetType.Number, unit, asOf);
}
