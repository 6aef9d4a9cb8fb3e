using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Numerics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MyPortal.Contracts;
using MyPortal.Contracts.CardAgent;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Contracts.SenderApi;
using MyPortal.Features.Proxies.Accepting;
using MyPortal.Features.Proxies.Inviting;
using MyPortal.Features.Proxies.Keeping;
using MyPortal.Features.SignIn.Card;
using MyPortal.Features.SignIn.Public;
using MyPortal.Identity;
using MyPortal.Kernel;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Tests.Features.Consents;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Security;

public sealed class CanaryTests
{
    private static readonly FourAttributes Attributes = new("金糸雀　花子", new DateOnly(1985, 4, 1), 2, "緑県さくら市カナリア町1番地", "緑県", "さくら市");

    [Theory]
    [InlineData("plain"), InlineData("utf-16"), InlineData("base64 0"), InlineData("base64 1"), InlineData("base64 2"), InlineData("json"), InlineData("address"), InlineData("html")]
    public void The_scan_finds_a_word_in_every_writing(string writing)
    {
        const string Word = "カナリア-canary";
        var bytes = writing switch
        {
            "utf-16" => Encoding.Unicode.GetBytes("xx" + Word + "yy"),
            "json" => Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize("x" + Word)),
            "address" => Encoding.UTF8.GetBytes("/a?b=" + Uri.EscapeDataString(Word)),
            "html" => Encoding.UTF8.GetBytes(System.Text.Encodings.Web.HtmlEncoder.Default.Encode("x" + Word)),
            ['b', .., var before] => Encoding.ASCII.GetBytes("\"" + Convert.ToBase64String([.. new byte[before - '0'], .. Encoding.UTF8.GetBytes(Word), 1, 2])),
            _ => Encoding.UTF8.GetBytes("x" + Word),
        };

        CanaryScan.Find(bytes, Word).ShouldNotBeEmpty();
        CanaryScan.Find(Encoding.UTF8.GetBytes("canary"), Word).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_a_person_or_a_sender_says_stands_anywhere_in_plain()
    {
        var logs = new LogKeeper();
        using var traces = new TraceKeeper();
        await using var portal = await CanaryPlaces.StartAsync(logs);
        var canaries = await LiveAsync(portal);

        var places = CanaryPlaces.PlacesOf(portal, logs, traces);
        places.Select(place => place.Name).ShouldBe(["portal.db", "portal.db-wal", "portal.db-shm", "portal.db.lock", "key-encryption.key", "message.p8", "pepper.key", "receipt.cer", "receipt.p8", "recorder.p8", "statement.p8", "logs", "traces"], ignoreOrder: true);
        places.Where(place => place.Name is "logs" or "traces" or "portal.db-wal").ShouldAllBe(place => place.Bytes.Length > 10_000, "there was something to search");
        Encoding.UTF8.GetString(logs.Bytes).ShouldContain("/inbox", customMessage: "the logs speak of what was done");
        CanaryPlaces.HitsOf(canaries, places).ShouldBeEmpty();
    }

    /// <summary>Lives a while with the portal, well and badly, and returns everything that must not be found afterwards.</summary>
    private static async Task<Dictionary<string, object>> LiveAsync(TestPortal portal)
    {
        var enrolment = await CardEnrolment.EnrolAsync(portal, Attributes);
        var browser = enrolment.Browser;
        Uri origin = new("http://localhost:5080");
        var places = enrolment.Places;
        var citizen = await OnlyCitizenAsync(portal);
        var session = await portal.SignInAsync(citizen);
        var sessionToken = session.Browser.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=')[1];

        await PostNameAsync(browser, "カナリア花子", places);
        await PostNameAsync(browser, new string('鳥', 41) + "カナリア長", places);
        var lossCode = (await portal.Get<OwnProfile>().ReadAsync(session.Viewer, CancellationToken.None)).LossCode!;
        (await browser.GetStringAsync("/account/loss-code")).ShouldContain(lossCode);

        using var city = await TestSender.RegisterAsync(portal);
        var accessToken = await city.SignInAsync();
        var code = await city.CodeOfAsync(citizen);
        var letter = new PostNotice(
            code,
            NoticeType.Bill,
            [new NoticeContent("ja", "カナリア題名-canarytitle", "カナリア本文-canarybody **太字**", "カナリア要約-canarysummary")],
            "カナリア理由-canaryreason",
            "カナリア対象-canaryconcerns");
        using var posted = await city.PostAsync(letter, "key-1");
        posted.StatusCode.ShouldBe(HttpStatusCode.Created);
        places.Add(posted.Headers.Location!.OriginalString);
        using var again = await city.PostAsync(letter, "key-1");
        using var invalid = await city.PostAsync(letter with { Concerns = new string('x', 101), Reason = "カナリア理由-canaryreason\0" });
        using var malformed = await city.PostAsync(new StringContent("{\"recipient\":\"" + code + "\",\"type\":\"カナリア題名-canarytitle\"", Encoding.UTF8, "application/json"));
        using var unknown = await city.PostAsync(letter with { Recipient = code[1..] + "0" });
        foreach (var reader in new[] { browser, session.Browser })
        {
            foreach (var page in new[] { "/", "/inbox", "/inbox?tab=unread", "/inbox/" + posted.Headers.Location.OriginalString.Split('/')[^1], "/account", "/account/name", "/account/devices", "/nothing" })
            {
                using var answer = await reader.GetAsync(page);
                ((int)answer.StatusCode).ShouldBeLessThan(500);
            }
        }

        var consented = await ConsentAsync(portal, session.Browser, places);
        var invitation = await ActAsProxyAsync(portal, session, city);
        using var left = await RouteFixture.AskAsync(browser, "POST", "/logout");
        places.Add(left.Headers.Location!.OriginalString);
        var canaries = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["display name"] = "カナリア花子",
            ["refused name"] = "カナリア長",
            ["name on the card"] = "金糸雀",
            ["address on the card"] = "カナリア町",
            ["birth date on the card"] = Attributes.EncodedBirthDate,
            ["title"] = "canarytitle",
            ["title in Japanese"] = "カナリア題名",
            ["body"] = "canarybody",
            ["summary"] = "canarysummary",
            ["reason"] = "canaryreason",
            ["concerns"] = "canaryconcerns",
            ["loss code"] = lossCode,
            ["loss code without hyphens"] = lossCode.Replace("-", "", StringComparison.Ordinal),
            ["recipient code"] = code,
            ["customer of the business"] = "KNRA",
            ["purpose of the business"] = "canarypurpose",
            ["item of the business"] = "canaryitem",
            ["recipient code of the business"] = consented,
            ["recipient code in bytes"] = Crockford.TryRead(code, 16, out var codeBytes) ? codeBytes : throw new InvalidOperationException(code),
            ["invitation code"] = invitation,
            ["invitation code without hyphens"] = invitation.Replace("-", "", StringComparison.Ordinal),
            ["name of the principal"] = "カナリア本人",
            ["name of the proxy"] = "カナリア代理",
            ["words of the mandate"] = "代理人は、本人のためだけに",
            ["session token"] = sessionToken,
            ["access token"] = accessToken,
        };
        foreach (var leaf in new[] { enrolment.Authentication, enrolment.Signature })
        {
            canaries[$"{leaf.Kind} certificate"] = leaf.Certificate.RawData;
            canaries[$"{leaf.Kind} key"] = leaf.Certificate.PublicKey.EncodedKeyValue.RawData;
            canaries[$"{leaf.Kind} serial"] = Convert.FromHexString(leaf.Serial);
            canaries[$"{leaf.Kind} serial in decimal"] = new BigInteger(Convert.FromHexString(leaf.Serial), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
            canaries[$"{leaf.Kind} subject"] = leaf.Certificate.SubjectName.RawData;
        }

        foreach (var (name, canary) in canaries)
        {
            var text = Encoding.UTF8.GetBytes(string.Join('\n', places) + origin);
            (canary is string word ? CanaryScan.Find(text, word) : CanaryScan.Find(text, (byte[])canary)).ShouldBeEmpty($"{name} in an address");
        }

        return canaries;
    }

    /// <summary>Agrees to a business, looks at everything and withdraws; returns the code that the business had.</summary>
    private static async Task<string> ConsentAsync(TestPortal portal, HttpClient browser, List<string> places)
    {
        using var midori = await TestBusiness.OpenAsync(portal);
        var asked = midori.Claims();
        asked = asked with
        {
            Customer = "******KNRA",
            Purpose = [new ConsentText("ja", "カナリア目的-canarypurpose")],
            Items = [asked.Items[0] with { Labels = [new ConsentText("ja", "カナリア項目-canaryitem")] }],
        };
        var consent = await midori.AnswerAsync(browser, claims: asked);
        var back = await TestBusiness.ReturnAsync(browser, consent);
        places.Add(string.Join('&', back.Values));
        using var fetched = await midori.FetchAsync(back["code"]);
        var result = (await fetched.Content.ReadFromJsonAsync<ConsentResult>(ContractJson.Options))!;
        foreach (var page in new[] { "/", "/consents?tab=active", $"/consents/{consent}", $"/consents/{consent}/receipt", $"/consents/{consent}/receipt/file", $"/consents/{consent}/withdraw", "/consents/stop-all", "/senders" })
        {
            (await browser.GetAsync(page)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var ended = await RouteFixture.AskAsync(browser, "POST", $"/consents/{consent}/end");
        places.Add(ended.Headers.Location!.OriginalString);
        return result.Recipient;
    }

    /// <summary>Gives a mandate, reads a notice by it, and returns the code of the invitation.</summary>
    private static async Task<string> ActAsProxyAsync(TestPortal portal, SignedIn principal, TestSender city)
    {
        var proxy = await portal.SignInAsync();
        var draft = new MandateDraft("カナリア本人", "カナリア代理", [city.Id], [], MayView: true, InviteProxy.DayInJapan(portal.Clock.GetUtcNow()).AddYears(1));
        var written = (await portal.Get<InviteProxy>().ExecuteAsync(principal.Viewer, draft, CancellationToken.None)).Value;
        using var claimed = await RouteFixture.AskAsync(proxy.Browser, "GET", "/proxy/invitations");
        await portal.Get<ClaimInvitation>().ExecuteAsync(proxy.Viewer, written.Code, CancellationToken.None);
        foreach (var (who, role, name) in new[] { (proxy, SigningRole.Proxy, "カナリア　代理"), (principal, SigningRole.Principal, "カナリア　本人") })
        {
            var read = portal.Get<ReadMandate>();
            var view = role is SigningRole.Proxy ? await read.AsInvitedAsync(who.Viewer, written.Id, CancellationToken.None) : await read.AsPrincipalAsync(who.Viewer, written.Id, CancellationToken.None);
            var text = view.Value.ToSign(role);
            await portal.Get<StartCardTransaction>().ExecuteAsync(new CardRequest(CardPurpose.Sign, "/proxy") { Person = who.Viewer, Text = text }, CancellationToken.None);
            await using var db = portal.OpenDatabase();
            var signed = new SignedText(who.Viewer, written.Id.Value, role, text.Text, [1], RandomSource.System.Bytes(32), name, portal.Clock.Now());
            (await portal.Services.GetServices<ISignedTextHandler>().Single().TakeAsync(db, signed, CancellationToken.None)).Refusal.ShouldBeNull();
            await db.SaveChangesAsync();
        }

        await city.SendAsync(principal.Citizen);
        foreach (var (who, page) in new[] { (proxy, $"/p/{written.Id}/inbox"), (proxy, "/proxy"), (principal, "/proxy"), (principal, $"/proxy/{written.Id}"), (principal, $"/proxy/{written.Id}/end") })
        {
            using var answer = await who.Browser.GetAsync(page);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, page);
        }

        return written.Code;
    }

    private static async Task<CitizenId> OnlyCitizenAsync(TestPortal portal)
    {
        await using var db = portal.OpenDatabase();
        return (await db.Set<Citizen>().SingleAsync()).Id;
    }

    private static async Task PostNameAsync(HttpClient browser, string name, List<string> places)
    {
        var form = new FormUrlEncodedContent(
            [KeyValuePair.Create("__RequestVerificationToken", await RouteFixture.TokenOfAsync(browser)), KeyValuePair.Create("_handler", "name"), KeyValuePair.Create("displayName", name)]);
        using var answer = await browser.PostAsync("/account/name", form);
        ((int)answer.StatusCode).ShouldBeLessThan(400);
        places.Add(answer.Headers.Location?.OriginalString ?? "");
    }
}
