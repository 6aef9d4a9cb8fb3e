using System.IO.Compression;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>What must be true of every page. Each check tells what it found; nothing found is good.</summary>
internal static partial class PageChecks
{
    private const int HeaviestPage = 20 * 1024;
    private const int MostRequests = 8;
    private static readonly int[] Widths = [Visitor.Phone, Visitor.Tablet, Visitor.Desktop];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Every check at every width of the design.</summary>
    /// <param name="visit">The page.</param>
    /// <param name="language">Expected value of the lang attribute.</param>
    public static async Task PassesEveryCheckAsync(this Visit visit, string language = "ja")
    {
        var found = new List<string>();
        found.AddRange(await visit.ComplaintsAsync());
        found.AddRange(await visit.WeightAsync());
        found.AddRange(await visit.HeadAsync(language));
        foreach (var width in Widths)
        {
            await visit.Page.SetViewportSizeAsync(width, 900);
            string[] here = [.. await visit.BarriersAsync(), .. await visit.SidewaysAsync(), .. await visit.SmallTargetsAsync()];
            found.AddRange(here.Select(finding => $"at {width}: {finding}"));
        }

        found.ShouldBeEmpty($"on {visit.Page.Url}");
    }

    /// <summary>Every rule of axe for WCAG 2.2 AA and good practice. The library's own runner is slower: it asks for everything that passed.</summary>
    public static async Task<string[]> BarriersAsync(this Visit visit)
    {
        if (!await visit.Page.EvaluateAsync<bool>("'axe' in window"))
        {
            await visit.Page.EvaluateAsync(Axe);
        }

        return await visit.Page.EvaluateAsync<string[]>("""
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const result = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
              return result.violations.flatMap(rule => rule.nodes.map(node => `axe ${rule.id}: ${rule.help} at ${node.target} ${node.html}`));
            }
            """);
    }

    /// <summary>What stands out of the window, when the page would have to be scrolled sideways for it.</summary>
    public static Task<string[]> SidewaysAsync(this Visit visit) => visit.Page.EvaluateAsync<string[]>("""
        () => {
          const { scrollWidth, clientWidth } = document.documentElement;
          if (scrollWidth <= clientWidth) return [];
          const wide = [...document.body.querySelectorAll('*')].filter(element => element.getBoundingClientRect().right > clientWidth);
          return [`the page is ${scrollWidth - clientWidth} pixels wider than the window`, ...wide.slice(-3).map(element => `too wide: ${element.outerHTML.slice(0, 160)}`)];
        }
        """);

    /// <summary>Buttons, fields, menus and navigation take 44 by 44 pixels; what is drawn smaller must still be hit there.</summary>
    public static Task<string[]> SmallTargetsAsync(this Visit visit) => visit.Page.EvaluateAsync<string[]>("""
        () => {
          const reach = 21.5;
          const isHit = (target, x, y) => {
            const there = document.elementFromPoint(x, y);
            return there && (target.contains(there) || there.closest('label')?.control === target);
          };
          const small = [];
          for (const target of document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, a.button, nav a')) {
            if (!target.checkVisibility()) continue;
            target.scrollIntoView({ block: 'center', behavior: 'instant' });
            const shape = target.matches('[type=checkbox], [type=radio]') ? target.labels[0] ?? target : target;
            const { left, top, width, height } = shape.getBoundingClientRect();
            const [x, y] = [left + width / 2, top + height / 2];
            const isTall = height >= 44 || (isHit(target, x, y - reach) && isHit(target, x, y + reach));
            const isWide = width >= 44 || (isHit(target, x - reach, y) && isHit(target, x + reach, y));
            if (!isTall || !isWide) small.push(`target of ${Math.round(width)} by ${Math.round(height)}: ${target.outerHTML.slice(0, 160)}`);
          }
          scrollTo(0, 0);
          return small;
        }
        """);

    private static async Task<IEnumerable<string>> HeadAsync(this Visit visit, string language)
    {
        var found = new List<string>();
        var headings = await visit.Page.Locator("h1").CountAsync();
        var title = await visit.Page.TitleAsync();
        var lang = await visit.Page.Locator("html").GetAttributeAsync("lang");
        if (headings is not 1)
        {
            found.Add($"{headings} headings of level 1");
        }

        if (!Title().IsMatch(title))
        {
            found.Add($"title '{title}'");
        }

        if (lang != language)
        {
            found.Add($"lang '{lang}' instead of '{language}'");
        }

        return found;
    }

    private static async Task<IEnumerable<string>> WeightAsync(this Visit visit)
    {
        var found = new List<string>();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(await visit.Document!.BodyAsync());
        }

        if (packed.Length > HeaviestPage)
        {
            found.Add($"{packed.Length} bytes of packed HTML");
        }

        if (visit.Requests is { Count: > MostRequests } requests)
        {
            found.Add($"{requests.Count} requests: {string.Join(' ', requests)}");
        }

        return found;
    }

    [GeneratedRegex("^(エラー：|完了：|Error: |Done: )?[^–]+( – [^–]+)? – (マイ・ポータル|MyPortal)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Title();
}
