#:property PublishAot=false
#:package System.Security.Cryptography.Pkcs@10.0.15
#:project Shared/Shared.csproj
#:project ../src/MyPortal.Contracts/MyPortal.Contracts.csproj

// Checks a receipt without the portal and without a network: who signed it, that no byte was changed, and what it says.
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.ConsentApi;
using MyPortal.Scripts.Shared;

const string Usage = """
    dotnet run scripts/verify.cs -- <receipt file> --certificate <file>
      --certificate <file>  the portal's receipt certificate (PEM), fetched once from /api/v1/receipt-certificate and kept
    Exit code: 0 the receipt is genuine, 1 it is not, 2 it cannot be checked.
    """;

var options = Options.Read(args, Usage, [], ["--certificate"]);
if (options.Words is not [var file] || options["--certificate"] is not { } certificateFile)
{
    Console.WriteLine(Usage);
    return 2;
}

ReceiptFile? receipt;
X509Certificate2 trusted;
try
{
    trusted = X509Certificate2.CreateFromPem(File.ReadAllText(certificateFile));
    receipt = JsonSerializer.Deserialize<ReceiptFile>(File.ReadAllBytes(file), ContractJson.Options);
}
catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException or CryptographicException)
{
    Console.WriteLine($"Cannot be checked: {trouble.Message}");
    return 2;
}

if (receipt is not { Type: ReceiptFile.CurrentType })
{
    Console.WriteLine($"Cannot be checked: the file is no {ReceiptFile.CurrentType}.");
    return 2;
}

var cms = new SignedCms(new ContentInfo(receipt.Content), detached: true);
ConsentReceipt? said = null;
var genuine =
    Check("the signature is a CMS over content beside it", () => cms.Decode(receipt.Signature), () => cms.Detached)
    && Check("one signer, SHA-256", null, () => cms.SignerInfos is [{ DigestAlgorithm.Value: "2.16.840.1.101.3.4.2.1" }])
    && Check("the signer is the portal whose certificate was given", null, () => cms.SignerInfos[0].Certificate?.RawData.AsSpan().SequenceEqual(trusted.RawData) is true)
    && Check($"no byte of the {receipt.Content.Length} was changed", () => cms.CheckSignature(verifySignatureOnly: true), () => true)
    && Check("the content is a receipt", () => said = JsonSerializer.Deserialize<ConsentReceipt>(receipt.Content, ContractJson.Options), () => said is { Type: ConsentReceipt.CurrentType })
    && Check("it names the key that signed it", null, () => said!.KeyId == Convert.ToHexStringLower(SHA256.HashData(trusted.RawData)));
if (!genuine)
{
    Console.WriteLine("NOT GENUINE");
    return 1;
}

Console.WriteLine($"""

    {said!.Decision} at {said.DecidedAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}, copy for the {said.CopyFor}
    business    {said.Business.Name} ({said.Business.CorporateNumber}), {said.Business.Service}
    customer    {said.Customer}
    purpose     {said.Purpose[0].Text}
    given       {Names(said.Given)}
    not given   {(said.Refused is null ? "(not in this copy)" : Names(said.Refused))}
    until       {said.ExpiresAt?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'") ?? "-"}
    consent     {said.Consent}
    withdraw at {said.WithdrawAt}
    SHA-256     {Convert.ToHexStringLower(SHA256.HashData(receipt.Content))}

    GENUINE
    """);
return 0;

static bool Check(string what, Action? act, Func<bool> holds)
{
    var good = false;
    try
    {
        act?.Invoke();
        good = holds();
    }
    catch (Exception trouble) when (trouble is CryptographicException or JsonException)
    {
        // Says no more than that the check failed.
    }

    Console.WriteLine($"{(good ? "ok     " : "FAILED ")}{what}");
    return good;
}

static string Names(IReadOnlyList<ConsentItem> items) => items.Count == 0 ? "-" : string.Join(", ", items.Select(item => item.Labels[0].Text));
