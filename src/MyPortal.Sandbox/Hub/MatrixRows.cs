using MyPortal.Contracts.Hub;

namespace MyPortal.Sandbox.Hub;

/// <summary>The rows of the authorisation matrix in the sandbox. All of them are for people who look at their own data.</summary>
internal static class MatrixRows
{
    public const int Version = 1;
    public const string LogSelf = "log-self";
    public const string AccessRecords = "access-records";

    private const string SelfInformation = "番号利用法（行政手続における特定の個人を識別するための番号の利用等に関する法律）の自己情報の開示に準じる（サンドボックスの想定）";

    private static readonly Label Tax = new("税金", "Tax", "ぜいきん");
    private static readonly Label Residence = new("住まいと世帯", "Home and household", "すまい と かぞく");
    private static readonly Label Pension = new("年金", "Pension", "ねんきん");
    private static readonly Label Records = new("利用の記録", "Use of your data", "データを つかった きろく");

    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        Self("city-tax-self", "sakura-city", new Dataset("city-tax", new Label("住民税（所得・税額）", "Resident tax (income and tax)", "じゅうみんぜい（しょとく・ぜい）")), "tax", Tax, 3,
            new Label("ご本人が、さくら市にある自分の税の情報を見るため", "So that you can see what Sakura City knows about your taxes", "あなたが さくら市の ぜいきんの じょうほうを みるため"),
            Item("income", DatasetType.Number, "前年の合計所得金額", "Total income of the year before", "まえの としの しょとく"),
            Item("resident-tax", DatasetType.Number, "住民税（年額）", "Resident tax (a year)", "じゅうみんぜい（1ねん）"),
            Item("resident-tax-paid", DatasetType.Number, "納めた住民税", "Resident tax paid", "はらった じゅうみんぜい")),
        Self("city-property-self", "sakura-city", new Dataset("city-property", new Label("固定資産（家屋・土地）", "Property (house and land)", "いえ・とち")), "tax", Tax, 3,
            new Label("ご本人が、自分の固定資産の情報を見るため", "So that you can see what is known about your property", "あなたが じぶんの いえや とちの じょうほうを みるため"),
            Item("property-tax", DatasetType.Number, "固定資産税（年額）", "Property tax (a year)", "こていしさんぜい（1ねん）"),
            Item("floor-area", DatasetType.Number, "家屋の床面積", "Floor area of the house", "いえの ゆかの ひろさ"),
            Item("land-area", DatasetType.Number, "土地の面積", "Area of the land", "とちの ひろさ")),
        Self("city-resident-self", "sakura-city", new Dataset("city-resident", new Label("住民票", "Resident register", "じゅうみんひょう")), "residence", Residence, 3,
            new Label("ご本人が、自分の住民票の情報を見るため", "So that you can see your entry in the resident register", "あなたが じぶんの じゅうみんひょうの じょうほうを みるため"),
            Item("address", DatasetType.Text, "住所", "Address", "じゅうしょ"),
            Item("household-head", DatasetType.Text, "世帯主との続柄", "Relation to the head of the household", "せたいぬしとの かんけい"),
            Item("household-size", DatasetType.Number, "世帯の人数", "People in the household", "いっしょに すむ ひとの かず"),
            Item("since", DatasetType.Day, "住民となった日", "Resident since", "すみはじめた ひ")),
        Self("pension-record-self", "pension-agency", new Dataset("pension-record", new Label("年金の記録", "Pension record", "ねんきんの きろく")), "pension", Pension, 3,
            new Label("ご本人が、自分の年金の記録を見るため", "So that you can see your pension record", "あなたが じぶんの ねんきんの きろくを みるため"),
            Item("months-paid", DatasetType.Number, "納めた月数", "Months paid", "はらった つきの かず"),
            Item("expected-amount", DatasetType.Number, "年金の見込み額（年額）", "Expected pension (a year)", "もらえる ねんきんの みこみ（1ねん）")),
        Self("pension-payment-self", "pension-agency", new Dataset("pension-payment", new Label("年金の支払い", "Pension payments", "ねんきんの しはらい")), "pension", Pension, 3,
            new Label("ご本人が、自分の年金の支払いの予定を見るため", "So that you can see when your pension is paid", "あなたが ねんきんを もらう ひを みるため"),
            Item("next-payment", DatasetType.Day, "次の支払日", "Next payment", "つぎに もらう ひ"),
            Item("next-amount", DatasetType.Number, "次の支払額", "Amount of the next payment", "つぎに もらう おかね")),
        Self(LogSelf, "hub", new Dataset(AccessRecords, Records), "access-log", Records, 2,
            new Label("ご本人が、自分の情報がだれに使われたかを見るため", "So that you can see who used your data", "だれが あなたの じょうほうを つかったかを みるため"),
            Item("requestId", DatasetType.Text, "照会の番号", "Request", "ばんごう"),
            Item("event", DatasetType.Text, "できごと", "Event", "できごと"),
            Item("at", DatasetType.Instant, "日時", "Time", "いつ"),
            Item("requester", DatasetType.Text, "照会した機関", "Who asked", "きいた ところ"),
            Item("holder", DatasetType.Text, "照会を受けた機関", "Who was asked", "きかれた ところ"),
            Item("row", DatasetType.Text, "根拠の行", "Row of the matrix", "きまりの ばんごう"),
            Item("purpose", DatasetType.Text, "目的", "Purpose", "なんのため"),
            Item("items", DatasetType.Text, "項目", "Items", "こうもく"),
            Item("outcome", DatasetType.Text, "結果", "Outcome", "けっか")),
    ];

    private static MatrixRow Self(string rowId, string holder, Dataset dataset, string theme, Label themeLabel, int level, Label purpose, params MatrixItem[] items) =>
        new(rowId, "portal", holder, LinkageBasis.Self, SelfInformation, dataset.Id, 1, theme, themeLabel, purpose, items, level, dataset.Name);

    private static MatrixItem Item(string id, DatasetType type, string ja, string en, string easy) => new(id, new Label(ja, en, easy), type);

    private sealed record Dataset(string Id, Label Name);
}
