using Microsoft.Playwright;

namespace MyPortal.JourneyTests.Fixtures;

/// <summary>Whether the words of a page can be seen in the picture of it, whatever its styles say about their colours.</summary>
internal static class PaintedWords
{
    // What is only heard has no place in the picture.
    private const string Boxes = """
        () => {
          const boxes = [];
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const parent = texts.currentNode.parentElement;
            const isSeen = parent.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !parent.closest('.visually-hidden, noscript');
            const range = document.createRange();
            range.selectNodeContents(texts.currentNode);
            const line = [...range.getClientRects()].find(one => one.width >= 4 && one.height >= 4 && one.x >= 0 && one.y >= 0);
            if (isSeen && line && texts.currentNode.textContent.trim()) {
              boxes.push({ words: texts.currentNode.textContent.trim(), x: line.x, y: line.y, width: line.width, height: line.height });
            }
          }
          return JSON.stringify(boxes);
        }
        """;

    // Contrast as WCAG 2.2 measures it, success criterion 1.4.3, between the lightest and the darkest point of a line.
    private const string Faint = """
        async ([picture, boxes]) => {
          const bytes = Uint8Array.from(atob(picture), character => character.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
          canvas.drawImage(image, 0, 0);
          const light = part => part / 255 <= .04045 ? part / 255 / 12.92 : ((part / 255 + .055) / 1.055) ** 2.4;
          return JSON.parse(boxes).filter(box => {
            const points = canvas.getImageData(Math.floor(box.x), Math.floor(box.y), Math.ceil(box.width), Math.ceil(box.height)).data;
            let [darkest, lightest] = [1, 0];
            for (let at = 0; at < points.length; at += 4) {
              const luminance = .2126 * light(points[at]) + .7152 * light(points[at + 1]) + .0722 * light(points[at + 2]);
              [darkest, lightest] = [Math.min(darkest, luminance), Math.max(lightest, luminance)];
            }
            return (lightest + .05) / (darkest + .05) < 4.5;
          }).map(box => box.words);
        }
        """;

    /// <summary>Words that do not stand out from their ground.</summary>
    /// <param name="page">The page.</param>
    /// <param name="blank">An empty page, whose browser looks at the picture: it has no policy that forbids it.</param>
    public static async Task<IReadOnlyList<string>> FaintAsync(IPage page, IPage blank)
    {
        // The whole page at once, so that nothing that stays at the edge of the window covers what is below it.
        await page.SetViewportSizeAsync(page.ViewportSize!.Width, await page.EvaluateAsync<int>("Math.max(innerHeight, document.documentElement.scrollHeight)"));
        var picture = Convert.ToBase64String(await page.ScreenshotAsync(new PageScreenshotOptions { Scale = ScreenshotScale.Css }));
        var boxes = await page.EvaluateAsync<string>(Boxes);
        boxes.Length.ShouldBeGreaterThan("[]".Length, "the page has words");
        return await blank.EvaluateAsync<string[]>(Faint, new[] { picture, boxes });
    }
}
