using System.Net;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Senders;

namespace MyPortal.Sandbox.Businesses;

/// <summary>The pages of a small web site, in the style of no particular company. Works without script.</summary>
internal sealed class BusinessPages(SandboxSender sender, IReadOnlyList<TestPerson> customers)
{
    public const string Css =
        """
        :root { color-scheme: light; font-family: system-ui, sans-serif; line-height: 1.8; }
        body { max-width: 44rem; margin: 0 auto; padding: 1rem; color: #222; background: #fff; }
        header { border-block-end: 4px solid #1b6e3c; margin-block-end: 1.5rem; }
        header p { font-size: 1.25rem; font-weight: bold; margin: .5rem 0; }
        label { display: block; font-weight: bold; }
        select, button { font: inherit; min-height: 2.75rem; padding: .25rem .75rem; max-width: 100%; }
        button { background: #1b6e3c; color: #fff; border: 0; border-radius: .5rem; margin-block-start: 1rem; }
        a { color: #0b4f8a; }
        """;

    /// <summary>Where a customer signs in; the sandbox asks for no password, because everybody here is invented.</summary>
    public string Start() => Page($"{sender.Name} お客さまページ",
        $"""
        <p>ここは練習用の会社のページです。登場する人も会社も、すべて架空です。</p>
        <form method="post" action="/portal/connect">
          <label for="customer">お客さま</label>
          <select id="customer" name="customer">{string.Concat(customers.Select(Option))}</select>
          <p>{WebUtility.HtmlEncode(sender.Offer)}</p>
          <button type="submit">マイ・ポータルで受け取る</button>
        </form>
        """);

    public string Connected(string customer, bool hasReceipt) => Page("つながりました",
        $"""
        <p>お客さま番号 {WebUtility.HtmlEncode(customer)} のお知らせを、これからマイ・ポータルにお届けします。</p>
        <p>{(hasReceipt ? "同意の控えを受け取り、署名を返しました。" : "法律によるお届けのため、同意の控えはありません。")}</p>
        <p><a href="/">お客さまページに戻る</a></p>
        """);

    public string NotConnected() => Page("つながっていません",
        """
        <p>マイ・ポータルへのお届けは始まりませんでした。お知らせは、これまでどおり紙でお送りします。</p>
        <p><a href="/">お客さまページに戻る</a></p>
        """);

    public string Trouble(string what) => Page("うまくいきませんでした", $"""<p role="alert">{WebUtility.HtmlEncode(what)}</p><p><a href="/">お客さまページに戻る</a></p>""");

    private string Option(TestPerson member) =>
        $"""<option value="{member.Person.Id}">{WebUtility.HtmlEncode(member.Person.Name)}（{WebUtility.HtmlEncode(CustomerNumbers.MaskedOf(sender, member.Person))}）</option>""";

    private string Page(string title, string content) =>
        $"""
        <!DOCTYPE html>
        <html lang="ja">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{WebUtility.HtmlEncode(title)} – {WebUtility.HtmlEncode(sender.Name)}</title>
          <link rel="icon" href="data:,">
          <link rel="stylesheet" href="/site.css">
        </head>
        <body>
          <header><p>{WebUtility.HtmlEncode(sender.Name)}</p></header>
          <main>
            <h1>{WebUtility.HtmlEncode(title)}</h1>
            {content}
          </main>
        </body>
        </html>
        """;
}
