using System.Text.RegularExpressions;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.SenderApi;
using MyPortal.Kernel;

namespace MyPortal.Features.Consents.Requesting;

/// <summary>The rules a consent request must keep, all faults at once, each with the place it stands.</summary>
internal static partial class CheckConsentClaims
{
    public const int MostVisibleCharacters = 4;
    private const int MostItems = 20;
    private const int LongestText = 200;
    private const int LongestSecret = 200;
    private const int LongestPeriod = 365;
    private const int LongestKeeping = 3650;
    private const int ChallengeBytes = 32;
    private static readonly string[] Languages = ["ja", "en", "ja-Hira"];

    public static IReadOnlyList<ApiFault> FaultsIn(ConsentClaims claims)
    {
        var faults = new List<ApiFault>();
        CheckSecrets(faults, claims);
        Check(faults, "/customer", IsMasked(claims.Customer), "consent.customer-not-masked");
        CheckTexts(faults, "/purpose", claims.Purpose);
        Check(faults, "/purposeCode", Word().IsMatch(claims.PurposeCode), "consent.word-malformed");
        Check(faults, "/days", claims.Days is >= 1 and <= LongestPeriod, "consent.period");
        Check(faults, "/keptDays", claims.KeptDays is >= 0 and <= LongestKeeping, "consent.period");
        Check(faults, "/policy", IsWebAddress(claims.Policy), "consent.policy-address");
        if (claims.Onward is not null)
        {
            CheckTexts(faults, "/onward", claims.Onward);
        }

        CheckItems(faults, claims.Items);
        return faults;
    }

    /// <summary>Stars, separators and at most four characters that tell a person which contract it is.</summary>
    public static bool IsMasked(string customer) =>
        customer.Length is >= 1 and <= 30
        && customer.Contains('*', StringComparison.Ordinal)
        && customer.All(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '-')
        && customer.Count(char.IsAsciiLetterOrDigit) <= MostVisibleCharacters;

    private static void CheckSecrets(List<ApiFault> faults, ConsentClaims claims)
    {
        Check(faults, "/jti", claims.Jti.Length is >= 1 and <= 100, "consent.word-malformed");
        Check(faults, "/state", IsSecret(claims.State), "consent.secret-malformed");
        Check(faults, "/nonce", IsSecret(claims.Nonce), "consent.secret-malformed");
        Check(faults, "/codeChallengeMethod", claims.CodeChallengeMethod is "S256", "consent.challenge");
        Check(faults, "/codeChallenge", StrictBase64Url.TryRead(claims.CodeChallenge, out var challenge) && challenge.Length is ChallengeBytes, "consent.challenge");
    }

    private static bool IsSecret(string text) => text.Length is >= 16 and <= LongestSecret && text.All(c => c is > ' ' and < (char)0x7F);

    private static bool IsWebAddress(string address) =>
        address.Length <= 500 && Uri.TryCreate(address, UriKind.Absolute, out var web) && web.Scheme is "https" or "http" && address.All(c => c is > ' ' and < (char)0x7F);

    private static void CheckItems(List<ApiFault> faults, IReadOnlyList<ConsentItem> items)
    {
        Check(faults, "/items", items.Count is >= 1 and <= MostItems, "consent.items-count");
        for (var i = 0; i < items.Count; i++)
        {
            var at = $"/items/{i}";
            if (items[i] is not { } item)
            {
                faults.Add(new ApiFault(at, "consent.item-missing"));
                continue;
            }

            Check(faults, at + "/id", Word().IsMatch(item.Id), "consent.word-malformed");
            Check(faults, at + "/id", !items.Take(i).Any(earlier => string.Equals(earlier?.Id, item.Id, StringComparison.Ordinal)), "consent.item-repeated");
            CheckTexts(faults, at + "/labels", item.Labels);
            Check(faults, at + "/reasons", item.Reasons is not null || !item.IsRequired, "consent.reason-missing");
            if (item.Reasons is not null)
            {
                CheckTexts(faults, at + "/reasons", item.Reasons);
            }
        }
    }

    private static void CheckTexts(List<ApiFault> faults, string at, IReadOnlyList<ConsentText> texts)
    {
        Check(faults, at, texts.Any(text => text?.Language is "ja"), "consent.japanese-missing");
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i];
            Check(faults, $"{at}/{i}", text is not null && Languages.Contains(text.Language, StringComparer.Ordinal), "consent.language-unknown");
            Check(faults, $"{at}/{i}", text is null || !texts.Take(i).Any(earlier => string.Equals(earlier?.Language, text.Language, StringComparison.Ordinal)), "consent.language-repeated");
            Check(faults, $"{at}/{i}", ReadableText.IsLine(text?.Text, LongestText), "consent.text");
        }
    }

    private static void Check(List<ApiFault> faults, string pointer, bool isGood, string code)
    {
        if (!isGood)
        {
            faults.Add(new ApiFault(pointer, code));
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
