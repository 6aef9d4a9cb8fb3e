using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Tests.CertificateAuthority;
using MyPortal.Sandbox.Tests.Control;

namespace MyPortal.Sandbox.Tests.Hub;

/// <summary>The running sandbox with a portal that joined by its trust bundle. Its tests run one after another, because trouble is for everybody.</summary>
[CollectionDefinition(Name)]
public sealed class LinkedPortal(AuthorityFixture fixture) : ICollectionFixture<LinkedPortal>, IAsyncLifetime
{
    public const string Name = "Linkage";

    private readonly RunningSandbox sandbox = new(fixture);
    private readonly Dictionary<string, string> codes = new(StringComparer.Ordinal);
    private readonly HttpClient control = new();

    internal Requester Portal { get; private set; } = null!;

    internal IReadOnlyDictionary<string, Participant> Participants { get; private set; } = null!;

    internal IReadOnlyDictionary<string, MatrixRow> Rows { get; private set; } = null!;

    internal Uri Hub => Role(30);

    internal string Data => sandbox.Data;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await sandbox.InitializeAsync();
        Portal = Requester.FromTrustBundle(Path.Combine(Data, "trust-bundle", "portal", "hub"));
        Participants = Published<ParticipantList>(await Portal.GetAsync(Hub, "/v1/participants")).Participants.ToDictionary(p => p.Id, StringComparer.Ordinal);
        Rows = Published<AuthorisationMatrix>(await Portal.GetAsync(Hub, "/v1/matrix")).Rows.ToDictionary(r => r.RowId, StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        Portal.Dispose();
        control.Dispose();
        await sandbox.DisposeAsync();
    }

    internal Uri Role(int offset) => new($"https://127.0.0.1:{sandbox.PortBase + offset}");

    internal static byte[] SubjectOf(string person)
    {
        var found = People.All.Single(p => p.Id == person);
        return SubjectCheck.Subject(found.BirthDate, found.Sex);
    }

    internal static T Published<T>(Heard heard) => JsonSerializer.Deserialize<T>(heard.Read<SignedPublication>().Content, ContractJson.Options)!;

    /// <summary>The portal's own code of a person, got with the person's card once.</summary>
    internal async Task<string> CodeOfAsync(string person)
    {
        if (!codes.TryGetValue(person, out var code))
        {
            var heard = await LinkAsync(person, d => d);
            heard.Status.ShouldBe(200);
            codes[person] = code = heard.Read<OrganisationCodeAnswer>().Code;
        }
        return code;
    }

    internal async Task<Heard> LinkAsync(string person, Func<LinkDocument, LinkDocument> change)
    {
        var nonce = (await Portal.SendAsync(Hub, "hub", HttpMethod.Post, "/v1/codes/link-nonce", [])).Read<LinkNonce>();
        var document = change(new LinkDocument(LinkDocument.CurrentType, "hub", "portal", "http://localhost:5080", "enrol", nonce.Nonce));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, ContractJson.Options);
        return await Portal.PostAsync(Hub, "/v1/codes/by-certificate", new CodeByCertificate(bytes, Sign(person, bytes)));
    }

    internal byte[] Sign(string person, byte[] document, string key = "authentication")
    {
        var card = Path.Combine(Data, "cards", person, key);
        using var certificate = X509Certificate2.CreateFromPemFile(card + ".pem", card + ".key");
        var cms = new SignedCms(new ContentInfo(document));
        var isElliptic = certificate.GetECDsaPublicKey() is not null;
        cms.ComputeSignature(new CmsSigner(certificate) { DigestAlgorithm = new Oid(isElliptic ? "2.16.840.1.101.3.4.2.2" : "2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly });
        return cms.Encode();
    }

    internal Attempt AttemptFor(string person, string row, Func<LinkageCore, LinkageCore>? change = null) =>
        Attempt.To(Participants[Rows[row].Holder], Rows[row], SubjectOf(person), change);

    internal async Task<Heard> AskAsync(Attempt attempt, string person) =>
        await Portal.PostAsync(Hub, "/v1/linkages", attempt.Request(Portal, await CodeOfAsync(person)));

    /// <summary>Asks as it should be done and opens the answer.</summary>
    internal async Task<HolderAnswer> AnswerAsync(string person, string row)
    {
        using var attempt = AttemptFor(person, row);
        var heard = await AskAsync(attempt, person);
        heard.Status.ShouldBe(200);
        return attempt.Open(heard.Read<LinkageReply>().Sealed, Participants[attempt.Core.Holder]);
    }

    internal async Task ControlAsync(string path)
    {
        using var answer = await control.PostAsync(new Uri(sandbox.Control, path), content: null, Token);
        answer.EnsureSuccessStatusCode();
    }
}
