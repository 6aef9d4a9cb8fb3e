namespace MyPortal.Sandbox.TestPersons;

/// <summary>Everybody in the sandbox. All of them, and the city they live in, are invented.</summary>
internal static class People
{
    public static IReadOnlyList<Person> All { get; } =
    [
        new("hanako", "山田　花子", new DateOnly(1985, 4, 12), 2, "桜町一丁目2番3号", "1234", "HANAKO1985", "ふつうのカード。登録ずみ。") { Enrols = true },
        new("kenji", "鈴木　健二", new DateOnly(1958, 11, 3), 1, "みどり町四丁目5番6号", "5678", "KENJI1958", "ひとつ前の世代の認証局が発行したカード。登録ずみ。")
        {
            Enrols = true,
            Condition = CardCondition.OlderGeneration,
        },
        new("misaki", "佐藤　美咲", new DateOnly(1998, 7, 21), 2, "みどり町二丁目10番1号", "2468", "MISAKI1998", "ふつうのカード。登録ずみ。") { Enrols = true },
        new("fumiko", "高橋　文子", new DateOnly(1941, 2, 8), 2, "桜町三丁目7番12号", "1357", "FUMIKO1941", "85歳の方のふつうのカード。登録ずみ。") { Enrols = true },

        new("taro", "山田　太郎", new DateOnly(1983, 9, 30), 1, "桜町一丁目2番3号", "4321", "TARO1983", "ふつうのカード。まだ登録していません。"),
        new("yoko", "伊藤　洋子", new DateOnly(1972, 1, 15), 2, "川原一丁目8番2号", "8642", "YOKO1972", "ふつうのカード。まだ登録していません。"),
        new("shota", "渡辺　翔太", new DateOnly(2003, 5, 5), 1, "みどり町一丁目1番9号", "9753", "SHOTA2003", "ふつうのカード。まだ登録していません。"),
        new("emi", "中村　恵美", new DateOnly(1990, 12, 24), 2, "桜町五丁目11番4号", "1122", "EMI199012", "ふつうのカード。まだ登録していません。"),
        new("daiki", "小川　大輝", new DateOnly(1995, 3, 17), 1, "川原三丁目6番15号", "3344", "DAIKI1995", "ふつうのカード。まだ登録していません。"),

        new("sakae", "木村　栄", new DateOnly(1969, 5, 20), 2, "桜町二丁目5番11号", "4455", "SAKAE1969", "ふつうのカード。まだ登録していません。"),
        new("minoru", "斎藤　実", new DateOnly(1962, 9, 2), 1, "川原五丁目3番3号", "5544", "MINORU1962", "ふつうのカード。まだ登録していません。"),
        new("masao", "木村　正雄", new DateOnly(1949, 5, 14), 1, "桜町二丁目4番6号", "1949", "MASAO1949", "ふつうのカード。お知らせを娘の由美さんに見てもらう人。まだ登録していません。"),
        new("yumi", "木村　由美", new DateOnly(1978, 9, 2), 2, "川原一丁目3番5号", "1978", "YUMI197809", "ふつうのカード。父の正雄さんの代理人になる人。まだ登録していません。"),
        new("shigeru", "清水　茂", new DateOnly(1952, 3, 28), 1, "みどり町一丁目7番2号", "1952", "SHIGERU1952", "ふつうのカード。お知らせを娘の愛さんに見てもらう人。まだ登録していません。"),
        new("ai", "清水　愛", new DateOnly(1986, 6, 11), 2, "桜町四丁目2番9号", "1986", "AI19860611", "ふつうのカード。父の茂さんの代理人になる人。まだ登録していません。"),

        new("mirai", "小林　未来", new DateOnly(2000, 1, 1), 2, "みどり町三丁目3番3号", "5566", "MIRAI2000", "次期カード（楕円曲線の鍵）。まだ登録していません。")
        {
            Condition = CardCondition.NextGeneration,
        },
        new("kazuo", "加藤　和夫", new DateOnly(1966, 6, 6), 1, "桜町二丁目9番7号", "6677", "KAZUO1966", "証明書の有効期限が昨日で切れたカード。")
        {
            Condition = CardCondition.Expired,
        },
        new("setsuko", "吉田　節子", new DateOnly(1953, 8, 19), 2, "川原二丁目4番20号", "7788", "SETSUKO1953", "紛失の届け出により失効したカード。") { Condition = CardCondition.Revoked },
        new("osamu", "山本　修", new DateOnly(1979, 10, 10), 1, "みどり町五丁目2番8号", "8899", "OSAMU1979", "一時停止中のカード。") { Condition = CardCondition.OnHold },
        new("naoki", "井上　直樹", new DateOnly(1988, 2, 29), 1, "桜町四丁目13番6号", "9900", "NAOKI1988", "暗証番号を3回まちがえてロックされたカード。") { Condition = CardCondition.LockedPin },
        new("sakura", "山田　さくら", new DateOnly(2016, 4, 2), 2, "桜町一丁目2番3号", "1001", null, "子どものカード。署名用の証明書がありません。")
        {
            Condition = CardCondition.WithoutSignature,
        },
        new("ichiro", "岡田　一郎", new DateOnly(1976, 3, 9), 1, "桜町一丁目20番1号", "3141", "ICHIRO1976", "ポータルの運用者（受付・承認・運用）のカード。/admin に入れます。")
        {
            OperatorRoles = ["Receive", "Approve", "Operate"],
        },
        new("futaba", "森　二葉", new DateOnly(1984, 9, 2), 2, "みどり町一丁目20番2号", "2718", "FUTABA1984", "ポータルの運用者（承認・監査・運用）のカード。/admin に入れます。")
        {
            OperatorRoles = ["Approve", "Audit", "Operate"],
        },
        new("yuko", "松本　裕子", new DateOnly(1981, 7, 7), 2, "川原四丁目1番1号", "2002", "YUKO1981", "引っ越したので、署名用の証明書だけが失効したカード。") { Condition = CardCondition.Moved },
    ];
}
