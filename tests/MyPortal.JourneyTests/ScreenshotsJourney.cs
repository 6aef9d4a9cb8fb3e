using MyPortal.JourneyTests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace MyPortal.JourneyTests;

/// <summary>
/// The pictures of the README. <c>dotnet run scripts/test.cs -- --write-screenshots</c> takes them anew; every run sees that each page
/// can still be pictured and that the kept pictures are small.
/// </summary>
public sealed class ScreenshotsJourney(RunningProduct product)
{
    private const int LargestPicture = 150 * 1024;
    private static readonly Visitor Desktop = new(Height: 800);
    private static readonly Visitor Phone = new(390, 844);
    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("MYPORTAL_WRITE_SCREENSHOTS") is "1";

    [Fact]
    public async Task The_pictures_of_the_README_show_the_pages_and_are_small()
    {
        await using (var home = await product.VisitSignedInAsync(Cards.Pictured, Desktop))
        {
            await home.GoToAsync("/");
            await TakeAsync(home, "home.png");
            await home.GoToAsync("/inbox");
            await home.Page.Locator("main a[href^='/inbox/']").Last.ClickAsync();
            await Expect(home.NoticeBody()).ToBeVisibleAsync();
            await TakeAsync(home, "notice.png");
        }

        await using (var inbox = await product.VisitSignedInAsync(Cards.Pictured, Phone))
        {
            await inbox.GoToAsync("/inbox");
            await TakeAsync(inbox, "inbox-phone.png");
        }

        await using (var card = await product.VisitAsync(Desktop))
        {
            await card.BeginAtPortalAsync("/login");
            await TakeAsync(card, "card.png");
        }
    }

    private static async Task TakeAsync(Visit visit, string name)
    {
        var file = Repository.At("docs", "images", name);
        await visit.Page.EvaluateAsync("document.activeElement.blur()");
        var picture = await visit.Page.ScreenshotAsync();
        if (IsWriting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, picture);
        }

        picture.Length.ShouldBeLessThan(LargestPicture, name);
        File.Exists(file).ShouldBeTrue($"{name} is missing; --write-screenshots takes it");
        new FileInfo(file).Length.ShouldBeLessThan(LargestPicture, name);
    }
}
