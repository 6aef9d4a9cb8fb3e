using System.Globalization;

namespace MyPortal.Ui;

/// <summary>
/// Dates in words, in Japan's time and in the language of the request. Japan has had one offset and no summer time since 1951,
/// so no time zone data is needed.
/// </summary>
internal static class JapaneseDate
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly string[] EasyWeekdays = ["{日|にち}", "{月|げつ}", "{火|か}", "{水|すい}", "{木|もく}", "{金|きん}", "{土|ど}"];

    private static readonly (DateOnly First, string Name)[] Eras =
    [
        (new(2019, 5, 1), "令和"),
        (new(1989, 1, 8), "平成"),
        (new(1926, 12, 25), "昭和"),
        (new(1912, 7, 30), "大正"),
        // Japan counts by the Gregorian calendar since the first day of 明治6年.
        (new(1873, 1, 1), "明治"),
    ];

    public static DateTimeOffset InJapan(DateTimeOffset instant) => instant.ToOffset(Offset);

    public static DateOnly DayInJapan(DateTimeOffset instant) => DateOnly.FromDateTime(InJapan(instant).DateTime);

    /// <summary>The date as a text pattern: easy Japanese carries readings.</summary>
    public static string Format(DateOnly day, DateForm form, DateOnly today, Language language)
    {
        var isFormal = form is DateForm.Formal or DateForm.FormalWithTime;
        if (language == Language.English)
        {
            return day.ToString(!isFormal && day.Year == today.Year ? "d MMMM" : "d MMMM yyyy", English);
        }

        if (language == Language.EasyJapanese)
        {
            var easy = Invariant($"{day.Month}{{月|がつ}}{day.Day}{{日|にち}}");
            return !isFormal && day.Year == today.Year
                ? easy
                : Invariant($"{day.Year}{{年|ねん}}{easy}（{EasyWeekdays[(int)day.DayOfWeek]}）");
        }

        var western = Invariant($"{day.Year}年{day.Month}月{day.Day}日");
        return isFormal ? InEra(day) is { } era ? $"{era}（{western}）" : western
            : day.Year == today.Year ? Invariant($"{day.Month}月{day.Day}日")
            : western;
    }

    /// <summary>The date by its era, such as 令和元年5月1日; null before 明治6年.</summary>
    public static string? InEra(DateOnly day)
    {
        var (first, name) = Array.Find(Eras, e => day >= e.First);
        if (name is null)
        {
            return null;
        }

        // 明治6年 is the first year of ours, not of the era.
        var year = day.Year - first.Year + (name == "明治" ? 6 : 1);
        return Invariant($"{name}{(year is 1 ? "元" : year.ToString(CultureInfo.InvariantCulture))}年{day.Month}月{day.Day}日");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
