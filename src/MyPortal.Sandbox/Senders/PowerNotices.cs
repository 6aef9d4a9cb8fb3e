using MyPortal.Contracts.SenderApi;

namespace MyPortal.Sandbox.Senders;

/// <summary>What the electricity company みどり電力 writes. A private sender says each time why it must reach this one person.</summary>
internal static class PowerNotices
{
    private const string Contract = "ご契約番号の末尾 4821（ご自宅）";

    public static IReadOnlyList<NoticeDraft> On(DateOnly today) => [MeterReading(today), Bill(today), NewPlan(today), MeterExchange(today), PaymentCertificate(today)];

    private static NoticeDraft MeterReading(DateOnly today)
    {
        var from = today.AddDays(-31);
        return new NoticeDraft("meter-reading", NoticeType.MeterReading,
        [
            new NoticeContent("ja", "今月の検針結果（電気）",
                $"""
                | 項目 | 今月 | 前月 |
                | --- | ---: | ---: |
                | 使用量 | 287 kWh | 265 kWh |
                | 使用日数 | 31日 | 30日 |
                | 1日あたり | 9.3 kWh | 8.8 kWh |

                - **期間** {NoticeDraft.Japanese(from)}から{NoticeDraft.Japanese(today)}まで
                - 料金は、あらためて請求のお知らせでご案内します。
                """,
                "今月の使用量は287 kWhでした（前月より22 kWh増）。"),
            new NoticeContent("en", "This month's meter reading (electricity)",
                $"""
                | Item | This month | Last month |
                | --- | ---: | ---: |
                | Used | 287 kWh | 265 kWh |
                | Days | 31 | 30 |
                | Per day | 9.3 kWh | 8.8 kWh |

                - **Period** {NoticeDraft.English(from)} to {NoticeDraft.English(today)}
                - The charge follows in a separate bill.
                """,
                "You used 287 kWh this month, 22 kWh more than last month."),
            new NoticeContent("ja-Hira", "こんげつの でんきの りょう",
                """
                - こんげつ: **287 kWh**
                - せんげつ: 265 kWh

                せんげつより すこし おおく つかいました。おかねは、べつの おしらせに かきます。
                """,
                "こんげつは 287 kWh つかいました。"),
        ])
        {
            Reason = "ご契約者に毎月の検針結果をお知らせするため",
            Concerns = Contract,
        };
    }

    private static NoticeDraft Bill(DateOnly today)
    {
        var due = today.AddDays(14);
        return new NoticeDraft("bill", NoticeType.Bill,
        [
            new NoticeContent("ja", "電気料金のご請求",
                $"""
                ## ご請求額 8,932円

                | 内訳 | 金額 |
                | --- | ---: |
                | 基本料金 | 1,247円 |
                | 電力量料金 | 6,690円 |
                | 再生可能エネルギー発電促進賦課金 | 995円 |

                - **お支払い期限** {NoticeDraft.Japanese(due)}
                - 口座振替またはクレジットカードの方は、自動でお支払いになります。
                """,
                $"8,932円を{NoticeDraft.Japanese(due)}までにお支払いください。"),
            new NoticeContent("en", "Your electricity bill",
                $"""
                ## Amount due: 8,932 yen

                | Item | Amount |
                | --- | ---: |
                | Basic charge | 1,247 yen |
                | Energy charge | 6,690 yen |
                | Renewable energy levy | 995 yen |

                - **Pay by** {NoticeDraft.English(due)}
                - If you pay by account transfer or credit card, payment is automatic.
                """,
                $"Please pay 8,932 yen by {NoticeDraft.English(due)}."),
            new NoticeContent("ja-Hira", "でんきの おかね",
                $"""
                こんげつの でんきの おかねは **8,932えん** です。

                - {NoticeDraft.Easy(due)} までに はらって ください。
                - ぎんこうや カードで はらう ひとは、じどうで はらいます。なにも しなくて いいです。
                """,
                $"8,932えんを {NoticeDraft.Easy(due)} までに はらって ください。"),
        ])
        {
            Reason = "ご契約者ご本人への料金の請求のため",
            Concerns = Contract,
            DueOn = due,
        };
    }

    private static NoticeDraft NewPlan(DateOnly today)
    {
        var start = today.AddMonths(2);
        var answer = today.AddDays(30);
        return new NoticeDraft("new-plan", NoticeType.Contract,
        [
            new NoticeContent("ja", "料金プランの変更についてのお知らせ",
                $"""
                ご契約中の「みどりのプランA」の単価を、{NoticeDraft.Japanese(start)}から次のとおり変更します。

                | 使用量 | 現在 | 変更後 |
                | --- | ---: | ---: |
                | 120 kWhまで | 20.10円 | 20.60円 |
                | 120 kWhを超え300 kWhまで | 25.80円 | 26.40円 |
                | 300 kWhを超える分 | 29.50円 | 29.90円 |

                ## ご同意いただけないとき

                {NoticeDraft.Japanese(answer)}までにご連絡いただければ、違約金なしで解約またはほかのプランへの変更ができます。ご連絡がないときは、変更後の単価でご契約が続きます。
                """,
                $"{NoticeDraft.Japanese(start)}から単価が変わります。違約金なしの解約は{NoticeDraft.Japanese(answer)}まで。"),
            new NoticeContent("en", "Change of your electricity plan",
                $"""
                The unit prices of your plan "Midori Plan A" change from {NoticeDraft.English(start)}.

                | Use | Now | New |
                | --- | ---: | ---: |
                | up to 120 kWh | 20.10 yen | 20.60 yen |
                | 120 to 300 kWh | 25.80 yen | 26.40 yen |
                | above 300 kWh | 29.50 yen | 29.90 yen |

                ## If you do not agree

                Tell us by {NoticeDraft.English(answer)} and you can cancel or change to another plan without a fee. Otherwise the contract continues with the new prices.
                """,
                $"Prices change from {NoticeDraft.English(start)}. You can cancel without a fee until {NoticeDraft.English(answer)}."),
            new NoticeContent("ja-Hira", "でんきの りょうきんが かわります",
                $"""
                {NoticeDraft.Easy(start)} から、でんきの ねだんが すこし たかく なります。

                - いやな ひとは、{NoticeDraft.Easy(answer)} までに でんわを して ください。
                - その ときは、おかねを はらわずに やめる ことが できます。
                - なにも しないと、あたらしい ねだんで つづきます。
                """,
                $"{NoticeDraft.Easy(start)} から すこし たかく なります。"),
        ])
        {
            Reason = "契約条件の変更を、ご契約者ご本人に事前にお知らせする必要があるため",
            Concerns = Contract,
            DueOn = answer,
        };
    }

    private static NoticeDraft MeterExchange(DateOnly today)
    {
        var day = today.AddDays(18);
        return new NoticeDraft("meter-exchange", NoticeType.Info,
        [
            new NoticeContent("ja", "電気メーターの取り替え工事のお知らせ",
                $"""
                メーターの有効期間が近づいたため、新しいメーターに取り替えます。**費用はかかりません。**

                - **日時** {NoticeDraft.Japanese(day)} 午前10時から11時のあいだ
                - **停電** 10分ほど、電気が止まります。
                - **立ち会い** 要りません。作業員は身分証を持っています。

                医療機器をお使いの方、日時の変更をご希望の方は、前日までにご連絡ください。
                """,
                $"{NoticeDraft.Japanese(day)}の午前、10分ほど停電します。"),
            new NoticeContent("en", "Your electricity meter will be replaced",
                $"""
                Your meter is near the end of its term and will be replaced. **There is no charge.**

                - **When** {NoticeDraft.English(day)}, between 10:00 and 11:00
                - **Power cut** about 10 minutes
                - You need not be at home. Our worker carries an identity card.

                If you use medical equipment or want another time, please call us by the day before.
                """,
                $"{NoticeDraft.English(day)}, in the morning: about 10 minutes without power."),
            new NoticeContent("ja-Hira", "でんきの メーターを とりかえます",
                $"""
                {NoticeDraft.Easy(day)} の 10じから 11じの あいだに、でんきの メーターを とりかえます。

                - おかねは いりません。
                - 10ぷんくらい、でんきが とまります。
                - いえに いなくても いいです。
                """,
                $"{NoticeDraft.Easy(day)} に 10ぷんくらい でんきが とまります。"),
        ])
        {
            Reason = "工事の時間に、ご契約場所の電気が止まるため",
            Concerns = Contract,
        };
    }

    private static NoticeDraft PaymentCertificate(DateOnly today) => new("payment-certificate", NoticeType.Certificate,
    [
        new NoticeContent("ja", "電気料金のお支払い証明書",
            $"""
            ご依頼により、次のとおり証明します。

            | 期間 | お支払い額 |
            | --- | ---: |
            | {today.Year - 1}年1月から6月 | 51,204円 |
            | {today.Year - 1}年7月から12月 | 37,866円 |
            | **合計** | **89,070円** |

            在宅で仕事をしている方は、経費の計算にお使いいただけます。
            """,
            "昨年のお支払い額は89,070円です。"),
        new NoticeContent("en", "Certificate of electricity payments",
            $"""
            As you requested, we certify the following.

            | Period | Paid |
            | --- | ---: |
            | January to June {today.Year - 1} | 51,204 yen |
            | July to December {today.Year - 1} | 37,866 yen |
            | **Total** | **89,070 yen** |

            If you work at home, you can use it to work out your expenses.
            """,
            "You paid 89,070 yen last year."),
        new NoticeContent("ja-Hira", "でんきの おかねを はらった しょうめい",
            $"""
            あなたは {today.Year - 1}ねんに、でんきの おかねを **89,070えん** はらいました。

            いえで しごとを する ひとは、けいひの けいさんに つかえます。
            """,
            "きょねんは 89,070えん はらいました。"),
    ])
    {
        Reason = "ご本人からの証明書のご依頼に応えるため",
        Concerns = Contract,
    };
}
