using MyPortal.Contracts.SenderApi;

namespace MyPortal.Sandbox.Senders;

/// <summary>What the tax section of さくら市 writes.</summary>
internal static class CityNotices
{
    public static IReadOnlyList<NoticeDraft> On(DateOnly today) => [PropertyTax(today), ResidentTax(today), InsurancePaid(today), VehicleTax(today), TaxAdvice(today)];

    private static NoticeDraft PropertyTax(DateOnly today)
    {
        var due = today.AddDays(24);
        return new NoticeDraft("property-tax", NoticeType.Bill,
        [
            PropertyTaxInJapanese(due),
            new NoticeContent("en", "Property tax and city planning tax: third instalment",
                $"""
                ## Amount to pay

                | Tax | Amount |
                | --- | ---: |
                | Property tax | 28,400 yen |
                | City planning tax | 6,100 yen |
                | **Total** | **34,500 yen** |

                ## Due date

                Please pay by {NoticeDraft.English(due)}.

                ## How to pay

                - If you have registered for account transfer, the amount is taken from your account on the due date. You need not do anything.
                - Otherwise, use the payment slip sent to you in spring, at a bank or a convenience store.
                - If you have lost the slip, the tax section will issue a new one.

                A late charge may be added after the due date. If it is difficult to pay, please talk to the tax section before that day.
                """,
                $"Please pay 34,500 yen in total by {NoticeDraft.English(due)}."),
            new NoticeContent("ja-Hira", "いえと とちの ぜいきん（3かいめ）の おしらせ",
                $"""
                ## はらう おかね

                ぜんぶで **34,500えん** です。

                ## いつまで

                {NoticeDraft.Easy(due)} までに はらって ください。

                ## はらいかた

                - ぎんこうから じどうで はらう ひとは、なにも しなくて いいです。
                - ほかの ひとは、はるに とどいた かみで、ぎんこうか コンビニで はらって ください。
                - かみを なくした ひとは、しやくしょの ぜいむかに きて ください。

                はらうのが むずかしい ときは、はやめに そうだんして ください。
                """,
                $"34,500えんを {NoticeDraft.Easy(due)} までに はらって ください。"),
        ])
        {
            Concerns = "あなたの名義の土地と家屋",
            DueOn = due,
        };
    }

    private static NoticeContent PropertyTaxInJapanese(DateOnly due) =>
        new NoticeContent("ja", "固定資産税・都市計画税（第3期）の納付のお知らせ",
            $"""
            ## お支払いいただく金額

            | 税目 | 金額 |
            | --- | ---: |
            | 固定資産税 | 28,400円 |
            | 都市計画税 | 6,100円 |
            | **合計** | **34,500円** |

            ## 納期限

            {NoticeDraft.Japanese(due)}までにお納めください。

            ## 納付の方法

            - 口座振替を登録している方は、納期限の日に引き落とします。手続きは要りません。
            - 口座振替でない方は、春にお送りした納付書で、金融機関またはコンビニエンスストアで納めてください。
            - 納付書をなくしたときは、税務課で再発行します。

            納期限を過ぎると、延滞金がかかることがあります。納付が難しいときは、納期限の前に税務課へご相談ください。
            """,
            $"合計34,500円を{NoticeDraft.Japanese(due)}までにお納めください。");

    private static NoticeDraft ResidentTax(DateOnly today) => new("resident-tax", NoticeType.Decision,
    [
        new NoticeContent("ja", "市民税・県民税の税額を変更しました",
            $"""
            医療費控除の申告を受けて、{today.AddMonths(-3).Year}年度の税額を次のとおり変更しました。

            | | 変更前 | 変更後 |
            | --- | ---: | ---: |
            | 年税額 | 142,600円 | 131,800円 |

            - 差額の10,800円は、残りの納期の税額から差し引きます。
            - あなたにしていただく手続きはありません。

            ## この決定に不服があるとき

            この決定を知った日の翌日から3か月以内に、市長に審査請求をすることができます。
            """,
            "年税額を10,800円減らしました。手続きは要りません。"),
        new NoticeContent("en", "Your resident tax has been changed",
            $"""
            Following your claim for medical expenses, your tax for fiscal year {today.AddMonths(-3).Year} has been changed as follows.

            | | Before | After |
            | --- | ---: | ---: |
            | Tax for the year | 142,600 yen | 131,800 yen |

            - The difference of 10,800 yen will be deducted from the remaining instalments.
            - You need not do anything.

            ## If you disagree with this decision

            You may request a review by the mayor within three months from the day after you learned of it.
            """,
            "Your tax for the year is 10,800 yen lower. You need not do anything."),
        new NoticeContent("ja-Hira", "じゅうみんぜいが やすく なりました",
            """
            いりょうひの もうしこみを うけて、ことしの ぜいきんを かえました。

            - まえ: 142,600えん
            - いま: **131,800えん**

            のこりの ぜいきんから 10,800えんを ひきます。あなたが する ことは ありません。

            「おかしい」と おもった ひとは、3かげつの あいだに しやくしょに いう ことが できます。
            """,
            "10,800えん やすく なりました。なにも しなくて いいです。"),
    ]);

    private static NoticeDraft InsurancePaid(DateOnly today) => new("insurance-paid", NoticeType.Certificate,
    [
        new NoticeContent("ja", "国民健康保険税の納付済額のお知らせ",
            $"""
            {today.Year - 1}年1月から12月までに納めていただいた国民健康保険税の額です。確定申告の**社会保険料控除**にお使いください。

            | 区分 | 納付済額 |
            | --- | ---: |
            | 口座振替・納付書 | 186,300円 |
            | 年金からの差し引き | 0円 |

            - 申告書に金額を書くだけで足り、この通知を添える必要はありません。
            """,
            $"{today.Year - 1}年に納めた額は186,300円です。確定申告にお使いください。"),
        new NoticeContent("en", "National health insurance tax you have paid",
            $"""
            This is what you paid from January to December {today.Year - 1}. Please use it to claim the **deduction for social insurance premiums** in your tax return.

            | Paid by | Amount |
            | --- | ---: |
            | Account transfer or payment slip | 186,300 yen |
            | Deduction from pension | 0 yen |

            - It is enough to write the amount on the form; you need not attach this notice.
            """,
            $"You paid 186,300 yen in {today.Year - 1}. Use it for your tax return."),
        new NoticeContent("ja-Hira", "けんこうほけんに はらった おかねの おしらせ",
            $"""
            {today.Year - 1}ねんに あなたが はらった おかねは **186,300えん** です。

            - ぜいきんの しんこくで、この きんがくを かいて ください。
            - この おしらせを だす ことは いりません。
            """,
            "はらった おかねは 186,300えんです。"),
    ]);

    private static NoticeDraft VehicleTax(DateOnly today)
    {
        var due = today.AddDays(10);
        return new NoticeDraft("vehicle-tax", NoticeType.Reminder,
        [
            new NoticeContent("ja", "軽自動車税の納付がまだ確認できていません",
                $"""
                軽自動車税（種別割）**10,800円**の納付が、まだ確認できていません。

                1. {NoticeDraft.Japanese(due)}までに、お手元の納付書で納めてください。
                2. 納付書が見当たらないときは、税務課にお知らせください。再発行します。
                3. すでに納めた方は、行き違いですのでご容赦ください。

                車検を受けるときは、この税の納付が必要です。
                """,
                $"軽自動車税10,800円を{NoticeDraft.Japanese(due)}までにお納めください。"),
            new NoticeContent("en", "We have not yet received your light vehicle tax",
                $"""
                We have not yet received your light vehicle tax of **10,800 yen**.

                1. Please pay with your payment slip by {NoticeDraft.English(due)}.
                2. If you cannot find the slip, tell the tax section and we will issue a new one.
                3. If you have paid in the meantime, please disregard this notice.

                The tax must be paid before the vehicle can pass its inspection.
                """,
                $"Please pay 10,800 yen by {NoticeDraft.English(due)}."),
            new NoticeContent("ja-Hira", "くるまの ぜいきんを まだ はらって いません",
                $"""
                けいじどうしゃの ぜいきん **10,800えん** が まだ とどいて いません。

                1. {NoticeDraft.Easy(due)} までに はらって ください。
                2. はらう かみが ない ひとは、しやくしょの ぜいむかに いって ください。
                3. もう はらった ひとは、なにも しなくて いいです。
                """,
                $"10,800えんを {NoticeDraft.Easy(due)} までに はらって ください。"),
        ])
        {
            Concerns = "あなたの名義の軽自動車1台",
            DueOn = due,
        };
    }

    private static NoticeDraft TaxAdvice(DateOnly today)
    {
        var first = NoticeDraft.Japanese(today.AddDays(40));
        return new NoticeDraft("tax-advice", NoticeType.Info,
        [
            new NoticeContent("ja", "申告の無料相談会を開きます",
                $"""
                税理士が、所得税と市民税・県民税の申告の相談に応じます。

                - **日** {first}から5日間
                - **時間** 午前9時30分から午後4時まで（正午から1時間は休み）
                - **場所** さくら市役所 2階 会議室
                - **持ち物** マイナンバーカード、源泉徴収票、控除の証明書

                予約は要りません。混み合うときは、お待ちいただくことがあります。
                """,
                $"{first}から5日間、市役所2階で。予約は要りません。"),
            new NoticeContent("en", "Free advice on tax returns",
                $"""
                Tax accountants will help you with your income tax and resident tax returns.

                - **Days** five days from {NoticeDraft.English(today.AddDays(40))}
                - **Hours** 9:30 to 16:00, closed from noon for one hour
                - **Place** Sakura City Hall, second floor, meeting room
                - **Please bring** your My Number Card, withholding slip and certificates for deductions

                No booking is needed. You may have to wait at busy times.
                """,
                "Five days at the city hall, second floor. No booking needed."),
            new NoticeContent("ja-Hira", "ぜいきんの そうだん（むりょう）",
                $"""
                ぜいきんの しんこくを、せんもんの ひとに そうだん できます。おかねは いりません。

                - **ひ** {NoticeDraft.Easy(today.AddDays(40))} から 5にちかん
                - **じかん** 9:30から 16:00
                - **ばしょ** さくらしやくしょ 2かい
                - **もってくる もの** マイナンバーカード、げんせんちょうしゅうひょう

                よやくは いりません。
                """,
                "しやくしょの 2かいで そうだん できます。よやくは いりません。"),
        ]);
    }
}
