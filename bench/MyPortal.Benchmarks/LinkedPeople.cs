using System.Globalization;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MyPortal.Hub;
using MyPortal.Identity;
using MyPortal.Jpki;

namespace MyPortal.Benchmarks;

/// <summary>A citizen whom hub and holders know.</summary>
/// <param name="Viewer">The citizen.</param>
/// <param name="Link">The portal's link.</param>
/// <param name="HolderCodes">The code of the citizen at each holder; only who owns the folders of the sandbox can know these.</param>
internal sealed record LinkedPerson(Viewer Viewer, HubLink Link, IReadOnlyDictionary<string, string> HolderCodes);

/// <summary>Enrols people of the sandbox's cast as an enrolment does: each signs the hub's document with the key of the card, which lies in the sandbox's folder.</summary>
internal static class LinkedPeople
{
    public static async Task<IReadOnlyList<LinkedPerson>> EnrolAsync(SeededPortal seeded, string sandbox, IReadOnlyCollection<string> holders, int most)
    {
        var people = new List<LinkedPerson>();
        foreach (var card in Directory.GetDirectories(Path.Combine(sandbox, "cards")).Order(StringComparer.Ordinal))
        {
            if (people.Count < most && await EnrolAsync(seeded, card, sandbox, holders) is { } person)
            {
                people.Add(person);
            }
        }

        return people;
    }

    // Null where the cast has a card that proves nobody: expired, revoked, a child's.
    private static async Task<LinkedPerson?> EnrolAsync(SeededPortal seeded, string card, string sandbox, IReadOnlyCollection<string> holders)
    {
        var signature = Path.Combine(card, "signature.pem");
        if (!File.Exists(signature) || await CodeOfAsync(seeded, card) is not { } code)
        {
            return null;
        }

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(signature);
        var tag = HolderAttributes.Of(CertificateForm.Read(certificate.RawDataMemory).Value) is { } attributes ? SubjectTag.Of(attributes) : throw new InvalidOperationException($"{signature} lacks birth date or sex.");
        var citizen = await seeded.EnrolAsync(tag, code);
        var viewer = new Viewer(citizen, default, AssuranceLevel.CardWithPin, default);
        var link = await seeded.Get<HubLinks>().OpenAsync(viewer, CancellationToken.None);
        return new LinkedPerson(viewer, link!, holders.ToDictionary(holder => holder, holder => HolderCodeOf(Path.Combine(sandbox, "organisations", holder, "people.json"), tag), StringComparer.Ordinal));
    }

    private static async Task<string?> CodeOfAsync(SeededPortal seeded, string card)
    {
        var links = seeded.Get<PairwiseIdentifier>();
        var document = (await links.PrepareAsync(CancellationToken.None)).Value;
        using var certificate = X509Certificate2.CreateFromPemFile(Path.Combine(card, "authentication.pem"), Path.Combine(card, "authentication.key"));
        var cms = new SignedCms(new ContentInfo(document), detached: false);
        cms.ComputeSignature(new CmsSigner(certificate) { IncludeOption = X509IncludeOption.EndCertOnly });
        var code = await links.FetchAsync(document, cms.Encode(), CancellationToken.None);
        return code.IsRefused ? null : code.Value;
    }

    private static string HolderCodeOf(string file, byte[] subjectTag)
    {
        using var people = JsonDocument.Parse(File.ReadAllBytes(file));
        return people.RootElement.EnumerateObject().Single(person => TagOf(person.Value).AsSpan().SequenceEqual(subjectTag)).Name;
    }

    private static byte[] TagOf(JsonElement person) => SubjectTag.Of(
        person.GetProperty("birthDate").GetString()!.Replace("-", "", StringComparison.Ordinal),
        person.GetProperty("sex").GetInt32().ToString(CultureInfo.InvariantCulture));
}
