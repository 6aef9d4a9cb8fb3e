using MyPortal.Sandbox.Businesses;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Senders;

namespace MyPortal.Sandbox.Seeding;

/// <summary>
/// Connects a person with every sender as the person would: at the sender's web site, over the portal's pages, and back. Recipient
/// codes come to be in no other way.
/// </summary>
internal sealed class Connecting(SandboxOptions options, IReadOnlyList<SandboxSender> senders, SeedState memory)
{
    private const int MostPages = 3;
    private const string RequiredItem = "recipient-code";
    private static readonly Dictionary<string, string> NothingToFillIn = [];

    /// <summary>True when the person was connected now, false when that was done before.</summary>
    /// <exception cref="SeedingException">A page was not as agreed or refused.</exception>
    public async Task<bool> ConnectOnceAsync(TestPerson member, CancellationToken cancellationToken)
    {
        var missing = senders.Where(sender => !memory.HasConnected(sender.Id, member.Person.Id)).ToList();
        if (missing.Count == 0) return false;

        using var browser = new CitizenBrowser();
        await SignInAsync(browser, member, cancellationToken);
        foreach (var sender in missing)
        {
            await ConnectAsync(browser, sender, member, cancellationToken);
            memory.HasBegun(sender.Id, member.Person.Id);
        }
        return true;
    }

    private async Task SignInAsync(CitizenBrowser browser, TestPerson member, CancellationToken cancellationToken)
    {
        var start = await browser.OpenAsync(new Uri(options.Portal, "/login"), cancellationToken);
        var waiting = await browser.SubmitAsync(start, start.FormTo("/login/card/start"), NothingToFillIn, cancellationToken);
        var asking = await browser.FollowAsync(waiting, waiting.LinkTo(options.Agent, "/sign"), cancellationToken);
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["card"] = member.Person.Id, ["pin"] = member.Person.Pin };
        var signed = await browser.SubmitAsync(asking, asking.FormWith("pin"), secrets, cancellationToken);
        await browser.FollowAsync(signed, signed.LinkTo(options.Portal, "/card/complete"), cancellationToken);
    }

    private async Task ConnectAsync(CitizenBrowser browser, SandboxSender sender, TestPerson member, CancellationToken cancellationToken)
    {
        var site = BusinessSite.NamedAddress(sender, options.BusinessPortOf(sender.Id));
        var start = await browser.OpenAsync(site, cancellationToken);
        var customer = new Dictionary<string, string>(StringComparer.Ordinal) { ["customer"] = member.Person.Id };
        var page = await browser.SubmitAsync(start, start.FormTo("/portal/connect"), customer, cancellationToken);

        // The question, and for a business the page that asks once more.
        var answer = new Dictionary<string, string>(StringComparer.Ordinal) { ["answer"] = "agree", ["item"] = RequiredItem };
        for (var i = 0; i < MostPages && page.Forms.Any(form => form.Names.Contains("answer")); i++)
        {
            page = await browser.SubmitAsync(page, page.FormWith("answer"), answer, cancellationToken);
        }

        var back = page.Links.FirstOrDefault(link => link.AbsolutePath.EndsWith("/return", StringComparison.Ordinal))
            ?? throw new SeedingException($"The page 「{page.Heading}」 has no way back to {sender.Name}.");
        var end = await browser.FollowAsync(page, back, cancellationToken);
        if (memory.CodeOf(sender.Id, member.Person.Id) is null) throw new SeedingException($"{sender.Name} got no code: 「{end.Heading}」.");
    }
}
