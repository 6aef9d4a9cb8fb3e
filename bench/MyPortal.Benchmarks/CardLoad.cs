using System.Diagnostics;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using MyPortal.Contracts.CardAgent;
using MyPortal.Jpki;

namespace MyPortal.Benchmarks;

/// <summary>
/// Workload card: every offline check of a card's signature (steps 1 and 3 to 7 of the verifier), against the framework's own
/// signature check and one chain in the same process. Counted is processor time, which other work on the machine changes least.
/// </summary>
internal sealed class CardLoad(SeededPortal seeded, string sandbox)
{
    private const int Rounds = 8;
    private const int Times = 500;
    private static readonly byte[] Document = "{\"type\":\"MYP-CARD/1\"}"u8.ToArray();

    public Section Measure()
    {
        var verifier = seeded.Get<CardSignatures>();
        var (cms, root) = Directory.GetDirectories(Path.Combine(sandbox, "cards")).Order(StringComparer.Ordinal).Select(SignWith).Where(signed => signed is not null)
            .Select(signed => (Cms: signed!, verifier.Verify(signed!, Document, CertificateKind.Authentication)))
            .Where(tried => !tried.Item2.IsRefused)
            .Select(tried => (tried.Cms, tried.Item2.Value.Root.Certificate))
            .First();

        // Turn by turn, so that a machine that grows slower grows slower for both; the first round warms up.
        var (ours, raw) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var round = 0; round <= Rounds; round++)
        {
            var (one, other) = (CostOf(() => Verify(verifier, cms)), CostOf(() => Raw(cms, root)));
            (ours, raw) = round is 0 ? (ours, raw) : (ours + one, raw + other);
        }

        return new Section(
            "Signature of a card: all checks that need no network (card)",
            "SignedCms and X509Chain alone",
            [new("processor time of one verification, microseconds", Microseconds(ours), Microseconds(raw), 1.3, null)]);
    }

    private static void Verify(CardSignatures verifier, byte[] cms)
    {
        if (verifier.Verify(cms, Document, CertificateKind.Authentication).IsRefused)
        {
            throw new InvalidOperationException("A good signature was refused.");
        }
    }

    private static void Raw(byte[] bytes, X509Certificate2 root)
    {
        var cms = new SignedCms();
        cms.Decode(bytes);
        cms.CheckSignature(verifySignatureOnly: true);
        using var certificate = cms.Certificates[0];
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (!chain.Build(certificate))
        {
            throw new InvalidOperationException("A good chain was refused.");
        }
    }

    private static TimeSpan CostOf(Action act)
    {
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        for (var time = 0; time < Times; time++)
        {
            act();
        }

        self.Refresh();
        return self.TotalProcessorTime - before;
    }

    private static double Microseconds(TimeSpan time) => time.TotalMicroseconds / (Rounds * Times);

    private static byte[]? SignWith(string card)
    {
        var pem = Path.Combine(card, "authentication.pem");
        if (!File.Exists(pem))
        {
            return null;
        }

        using var certificate = X509Certificate2.CreateFromPemFile(pem, Path.Combine(card, "authentication.key"));
        var cms = new SignedCms(new ContentInfo(Document), detached: false);
        var signer = new CmsSigner(certificate) { IncludeOption = X509IncludeOption.EndCertOnly };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }
}
