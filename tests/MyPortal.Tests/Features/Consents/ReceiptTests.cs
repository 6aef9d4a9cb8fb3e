using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Identity;
using MyPortal.Tests.Fixtures;

namespace MyPortal.Tests.Features.Consents;

public sealed class ReceiptTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Requirement(103)]
    public async Task Both_receipts_are_signed_by_the_published_key_over_their_exact_bytes()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);
        using var certificate = X509Certificate2.CreateFromPem(await hanako.Browser.GetStringAsync("/api/v1/receipt-certificate", Token));
        var own = await OwnAsync(hanako.Browser, result.Consent);

        foreach (var receipt in new[] { own, result.Receipt! })
        {
            Signer(receipt).Thumbprint.ShouldBe(certificate.Thumbprint);
            for (var place = 0; place < receipt.Content.Length; place += 37)
            {
                var spoiled = receipt with { Content = [.. receipt.Content] };
                spoiled.Content[place] ^= 1;
                Should.Throw<CryptographicException>(() => Signer(spoiled));
            }
        }
    }

    [Theory]
    [InlineData("ja-JP"), InlineData("en")]
    public async Task The_receipt_says_its_moment_once(string language)
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);

        var time = (await hanako.Browser.OpenAsync($"/consents/{result.Consent}/receipt", language)).QuerySelectorAll("main time").ShouldHaveSingleItem();

        var today = portal.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(9));
        time.Words().ShouldStartWith(language is "en"
            ? today.ToString("d MMMM yyyy ", System.Globalization.CultureInfo.InvariantCulture)
            : $"令和{today.Year - 2018}年{today.Month}月{today.Day}日（{today.Year}年{today.Month}月{today.Day}日） ");
        time.Words().ShouldMatch("[0-9]{1,2}:[0-9]{2}$");
    }

    [Fact]
    public async Task The_citizens_copy_says_what_was_refused_and_the_businesss_copy_does_not()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);

        var own = Read(await OwnAsync(hanako.Browser, result.Consent));
        var theirs = Read(result.Receipt!);

        (own.CopyFor, own.Decision, own.Customer, own.Pseudonym).ShouldBe((ReceiptCopy.Citizen, "granted", "******4821", result.Recipient));
        own.Given.Select(item => item.Id).ShouldBe(["recipient-code"]);
        own.Refused!.Select(item => item.Id).ShouldBe(["opened"]);
        own.DataNotBefore.ShouldBe(own.DecidedAt);
        own.ExpiresAt.ShouldBe(own.DecidedAt.AddDays(365));
        (own.Evidence, own.Level).ShouldBe(("card-pin", 3));
        (theirs.CopyFor, theirs.Refused).ShouldBe((ReceiptCopy.Business, null));
        theirs.Given.Select(item => item.Id).ShouldBe(["recipient-code"]);
    }

    [Fact]
    public async Task A_receipt_names_what_was_shown_and_apart_from_it_how_much_it_counted_for()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var withNewAgent = await portal.SignInAsync(level: AssuranceLevel.Verified);

        var result = await midori.ConnectAsync(withNewAgent.Browser);

        var own = Read(await OwnAsync(withNewAgent.Browser, result.Consent));
        (own.Evidence, own.Level).ShouldBe(("card-pin", 2), "a card with PIN at a new agent is no passkey");
    }

    [Fact]
    public async Task The_business_signs_for_its_receipt_and_for_no_other_bytes()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        using var other = await TestBusiness.OpenAsync(portal, "さくらガス");
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);

        (await midori.AcknowledgeAsync(midori.Acknowledgement(result.Consent, AcknowledgedThing.Receipt, [1]))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await other.AcknowledgeAsync(other.Acknowledgement(result.Consent, AcknowledgedThing.Receipt, result.Receipt!.Content))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await midori.AcknowledgeAsync(midori.Acknowledgement(result.Consent, AcknowledgedThing.Receipt, result.Receipt.Content))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await hanako.Browser.OpenAsync($"/consents/{result.Consent}")).QuerySelector(".history").Words().ShouldContain("相手が控えに署名しました");
    }

    [Fact]
    public async Task The_offline_program_accepts_a_receipt_and_finds_a_changed_one()
    {
        await using var portal = await TestPortal.StartAsync();
        using var midori = await TestBusiness.OpenAsync(portal);
        var hanako = await portal.SignInAsync();
        var result = await midori.ConnectAsync(hanako.Browser);
        var folder = Directory.CreateTempSubdirectory("myportal-receipt-");
        try
        {
            var certificate = Path.Combine(folder.FullName, "portal.pem");
            var genuine = Path.Combine(folder.FullName, "receipt.json");
            var changed = Path.Combine(folder.FullName, "changed.json");
            await File.WriteAllTextAsync(certificate, await hanako.Browser.GetStringAsync("/api/v1/receipt-certificate", Token), Token);
            await File.WriteAllBytesAsync(genuine, await hanako.Browser.GetByteArrayAsync($"/consents/{result.Consent}/receipt/file", Token), Token);
            var own = await OwnAsync(hanako.Browser, result.Consent);
            var lie = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(own.Content).Replace("granted", "declined", StringComparison.Ordinal));
            await File.WriteAllBytesAsync(changed, JsonSerializer.SerializeToUtf8Bytes(own with { Content = lie }, ContractJson.Options), Token);

            var good = await VerifyAsync(genuine, certificate);
            var bad = await VerifyAsync(changed, certificate);
            var missing = await VerifyAsync(genuine + ".none", certificate);

            good.Output.ShouldContain("GENUINE");
            good.Output.ShouldContain("******4821");
            (good.ExitCode, bad.ExitCode, missing.ExitCode).ShouldBe((0, 1, 2), good.Output + bad.Output + missing.Output);
            bad.Output.ShouldContain("NOT GENUINE");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<ReceiptFile> OwnAsync(HttpClient browser, Guid consent) =>
        (await browser.GetFromJsonAsync<ReceiptFile>($"/consents/{consent}/receipt/file", ContractJson.Options, Token))!;

    private static ConsentReceipt Read(ReceiptFile receipt) => JsonSerializer.Deserialize<ConsentReceipt>(receipt.Content, ContractJson.Options)!;

    private static X509Certificate2 Signer(ReceiptFile receipt)
    {
        var cms = new SignedCms(new ContentInfo(receipt.Content), detached: true);
        cms.Decode(receipt.Signature);
        cms.CheckSignature(verifySignatureOnly: true);
        return cms.SignerInfos[0].Certificate!;
    }

    private static async Task<(int ExitCode, string Output)> VerifyAsync(string receipt, string certificate)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", RepositoryFiles.At("scripts", "verify.cs"), "--", receipt, "--certificate", certificate])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output + await errors);
    }
}
