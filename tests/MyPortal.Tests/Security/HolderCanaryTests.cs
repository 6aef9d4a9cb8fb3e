using System.Globalization;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Holders;
using MyPortal.Tests.Features.SelfInformation;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Security;

/// <summary>What agencies know of somebody is shown and then gone.</summary>
public sealed class HolderCanaryTests
{
    [Fact]
    [Requirement(89)]
    [Requirement(72)]
    [Requirement(92)]
    [Requirement(95)]
    public async Task Nothing_that_a_holder_answers_stands_anywhere_in_plain()
    {
        var logs = new LogKeeper();
        using var traces = new TraceKeeper();
        await using var portal = await CanaryPlaces.StartAsync(logs);
        var canaries = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var person in new[] { "hanako", "kenji" })
        {
            var browser = (await portal.SignInAsync(await portal.EnrolAsync(cast: person))).Browser;
            var shown = "";
            foreach (var language in new[] { "ja-JP", "en", "ja-Hira" })
            {
                var (page, address) = await SelfInformationPagesTests.AskForAsync(browser, language, "tax", "residence", "pension");
                shown += page.DocumentElement.OuterHtml;
                await browser.OpenAsync(address + "?x=" + language);
            }

            using var log = await RouteFixture.AskAsync(browser, "POST", "/access-log/ask");
            await browser.OpenAsync(log.Headers.Location!.OriginalString);
            await browser.OpenAsync("/");
            foreach (var (name, value) in ValuesOf(person))
            {
                canaries[$"{name} of {person}"] = value;
            }

            shown.ShouldContain(ValuesOf(person).First(value => value.Name is "address").Value, Case.Sensitive, "the values were on the page");
            using var left = await RouteFixture.AskAsync(browser, "POST", "/logout");
        }

        canaries.Count.ShouldBeGreaterThan(10);
        var places = CanaryPlaces.PlacesOf(portal, logs, traces);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(portal.Hub.Folder, TestHub.Id), "*", SearchOption.AllDirectories))
        {
            places.Add(("the hub's " + Path.GetFileName(file), CanaryPlaces.ReadShared(file)));
        }

        CanaryPlaces.HitsOf(canaries, places).ShouldBeEmpty();
    }

    /// <summary>What the holders know of somebody, as it travels and as a page writes it. Short numbers stand everywhere by chance; they count with their quotes.</summary>
    private static IEnumerable<(string Name, string Value)> ValuesOf(string person)
    {
        var known = People.All.Single(one => one.Id == person);
        var datasets = CityRecords.Of(known).Concat(PensionRecords.Of(known)).Select(one => one.Value).ToList();
        var records = datasets.SelectMany(dataset => dataset.Records).Where(record => record.Value.Length >= 5).ToList();
        return records.Select(record => (record.ItemId, record.Type is DatasetType.Number ? $"\"{record.Value}\"" : record.Value))
            .Concat(records.Where(record => record.Type is DatasetType.Number && record.Value.Length >= 7)
                .Select(record => (record.ItemId + " on the page", decimal.Parse(record.Value, CultureInfo.InvariantCulture).ToString("#,0.####", CultureInfo.InvariantCulture))))
            .Concat(datasets.SelectMany(dataset => dataset.Withheld?.Select(one => ("reason for " + one.Key, one.Value)) ?? []));
    }
}
