using System.Text.RegularExpressions;

namespace MyPortal.Tests.Shared;

/// <summary>
/// Words and characters that no text of the screens may hold: a second name for a thing that has one, a promise of something that does
/// not exist, characters of another language. What stands here was on a page once.
/// </summary>
internal static class ForbiddenWords
{
    private static readonly Rule[] InEnglish =
    [
        new(@"[\u3000-\u303F\uFF00-\uFFEF]", "full-width characters belong to Japanese"),
        new("individual number card", "the card is the My Number Card"),
        new("(?i)check number", "the number to compare is the match code"),
        new("card reader app", "the program is the card app"),
        new("turned back", "what cannot be undone cannot be reversed"),
        new("(?i)with a last day", "a notice has a due date"),
        new("(?i)without the tick|with the tick", "say what unticking does"),
        new(@"^Over$|\bis (?:already )?over\b", "what is not active has ended"),
        new("^(?:Private|Public)$", "a sender is a company or a public body"),
        new("No interruption|[Hh]ub was asked$", "say who did what, and that all is well"),
        new(@"(?i)email from MyPortal|our desk|help desk", "there is no email and no desk"),
        new(@"(?<!all )\{[0-9n]\} (?:consents|items|requests|proxies|tries|more wrong)\b", "one of them would read wrongly"),
    ];

    private static readonly Rule[] InJapanese =
    [
        new("照合番号", "the number to compare is 確認番号"),
        new("けた", "digits are counted in 桁"),
        new("署名用の暗証番号|英数字[0-9〜]+文字の暗証番号|2つの暗証番号", "the secrets are 4桁の暗証番号 and 署名用パスワード"),
        new("参照番号", "a code of a refusal is no number to tell anybody"),
        new("情報連携基盤", "the hub is 情報連携ハブ"),
        new("へ戻る", "buttons say に戻る"),
        new("止まっているという知らせ", "all well is said as すべて通常どおりです"),
        new("再度のお知らせ", "people say もう一度"),
        new("マイ・ポータルのメール(?:に|は)|電話の窓口で伝える|問い合わせ先にも電話で", "there is no email and no desk"),
        new("^止める$|^やめる／", "a button says what it stops"),
        new("[０-９]", "figures are half-width"),
    ];

    private static readonly Rule[] InEasyJapanese =
    [
        new("[０-９]", "figures are half-width"),
        new(@"照合", "the number to compare is 確認番号"),
        new("ハブ|つなぐ ところ", "the hub is つなぐ しくみ"),
        new("しまいません|しまって い", "what is not kept is 残しません"),
        new("チェックを と", "a tick is taken off by はずす"),
        new("国や|市役所や", "offices are 役所"),
        new("送る 人", "senders are 送る ところ"),
        new("使った 記録", "the log is だれが あなたの 情報を 見たか"),
        new("署名の パスワード|署名の 暗証番号", "the secrets are 暗証番号 and 署名用パスワード"),
        new("マイ・ポータルの メールに|マイ・ポータルの メールは 「", "there is no email"),
    ];

    // A particle and the word behind it are kept apart, so that beginners see where words end.
    private static readonly Rule Unspaced = new(@"[をはがにでとへもの]\{[^}|]+\|", "words are set apart by blanks");

    /// <summary>What is wrong with a text, one line each; empty when nothing is.</summary>
    /// <param name="language"><c>en</c>, <c>ja</c> or <c>easy</c>.</param>
    /// <param name="text">The text as it stands in its file, readings in braces.</param>
    public static IEnumerable<string> In(string language, string text)
    {
        var rules = language switch { "en" => InEnglish, "easy" => InEasyJapanese, _ => InJapanese };
        var read = Regex.Replace(text, @"\{(?<word>[^}|]+)\|[^}]+\}", "${word}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return [.. rules.Where(rule => rule.IsBrokenBy(read)).Concat(language is "easy" && Unspaced.IsBrokenBy(text) ? [Unspaced] : []).Select(rule => $"「{text}」: {rule.Because}")];
    }

    private sealed record Rule(string Pattern, string Because)
    {
        public bool IsBrokenBy(string text) => Regex.IsMatch(text, Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
