using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MyPortal.Contracts;
using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox.Tests.Hub;

/// <summary>What came back.</summary>
internal sealed record Heard(int Status, byte[] Body, string? ErrorAt, MessageHead Head, byte[] Signature)
{
    public HubProblem Problem => Read<HubProblem>();

    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, ContractJson.Options)!;
}

/// <summary>A small portal: it has nothing but its trust bundle, and can be told to do wrong.</summary>
internal sealed class Requester : IDisposable
{
    private readonly HttpClient http;

    public Requester(OrganisationKeys keys, X509Certificate2 ca)
    {
        Keys = keys;
        var trust = new OrganisationTrust(ca, TimeProvider.System);
        http = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.Zero,
            SslOptions =
            {
                LocalCertificateSelectionCallback = (_, _, _, _, _) => keys.MutualTls,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => trust.Vouches((X509Certificate2)certificate!, KeyPurpose.MutualTls),
            },
        });
    }

    public OrganisationKeys Keys { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>As the portal does it: from the PEM files of the trust bundle.</summary>
    public static Requester FromTrustBundle(string folder)
    {
        using var ca = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "ca.pem"));
        return new Requester(OrganisationKeys.LoadOrMake("portal", new DataFolder(folder), ca: null!), X509CertificateLoader.LoadCertificate(ca.RawData));
    }

    public void Dispose() => http.Dispose();

    public Task<Heard> GetAsync(Uri address, string path) => SendAsync(address, "hub", HttpMethod.Get, path, []);

    public Task<Heard> PostAsync<T>(Uri address, string path, T body) => SendAsync(address, "hub", HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, ContractJson.Options));

    public async Task<Heard> SendAsync(Uri address, string receiver, HttpMethod method, string path, byte[] body, Func<MessageHead, MessageHead>? change = null, byte[]? signedBody = null)
    {
        var head = new MessageHead(Keys.Id, receiver, Keys.KeyId, HubTime.Write(TimeProvider.System.GetUtcNow()), MessageHead.FreshNonce());
        if (change is not null) head = change(head);
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        foreach (var (name, value) in head.Headers(Keys.Sign(head.RequestBytes(method.Method, path, signedBody ?? body)))) request.Headers.Add(name, value);
        if (body.Length > 0) request.Content = new ByteArrayContent(body);

        using var response = await http.SendAsync(request, Token);
        string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
        return new Heard(
            (int)response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(Token),
            Header(MessageHead.ErrorAtHeader),
            new MessageHead(Header(MessageHead.SenderHeader)!, Header(MessageHead.ReceiverHeader)!, Header(MessageHead.KeyHeader)!, Header(MessageHead.TimeHeader)!, Header(MessageHead.NonceHeader)!),
            Convert.FromBase64String(Header(MessageHead.SignatureHeader)!));
    }
}

/// <summary>One attempt: the core that was sent and the key to which the answer is sealed.</summary>
internal sealed record Attempt(LinkageCore Core, byte[] CoreBytes, ECDiffieHellman Ephemeral, byte[] Subject) : IDisposable
{
    public byte[] CoreHash => SHA256.HashData(CoreBytes);

    public static Attempt To(Participant holder, MatrixRow row, byte[] subject, Func<LinkageCore, LinkageCore>? change = null)
    {
        var now = TimeProvider.System.NowInMilliseconds();
        var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var requestId = Guid.NewGuid();
        var core = new LinkageCore(
            LinkageCore.CurrentType, requestId, "portal", holder.Id, row.RowId, 1, [.. row.Items.Select(i => i.ItemId)], row.Purpose.Ja, LinkageBasis.Self,
            LinkageActor.Self, "card-pin", "own-device", LinkageMode.Gateway, SealedAnswer.CurrentAlgorithm, now, now.AddSeconds(10),
            SealTag(holder, SubjectCheck.Tag(subject, requestId, holder.Id), requestId), ephemeral.ExportSubjectPublicKeyInfo());
        if (change is not null) core = change(core);
        return new Attempt(core, JsonSerializer.SerializeToUtf8Bytes(core, ContractJson.Options), ephemeral, subject);
    }

    public LinkageRequest Request(Requester requester, string code) => new(CoreBytes, requester.Keys.Sign(LinkageForm.SignedBytes(CoreBytes)), code);

    /// <summary>Opens and checks an answer step by step, apart from the code that sealed it.</summary>
    public HolderAnswer Open(byte[] sealedBytes, Participant holder)
    {
        var answer = JsonSerializer.Deserialize<SealedAnswer>(sealedBytes, ContractJson.Options)!;
        using var theirs = ECDiffieHellman.Create();
        theirs.ImportSubjectPublicKeyInfo(answer.HolderKey, out _);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Ephemeral.DeriveRawSecretAgreement(theirs.PublicKey), 32, CoreHash, "MYP-SEAL/1 answer"u8.ToArray());
        using var gcm = new AesGcm(key, 16);
        var padded = new byte[answer.Ciphertext.Length - 16];
        byte[] associated = [.. CoreHash, .. LengthPrefixed.Of(answer.Algorithm), .. LengthPrefixed.Of(answer.HolderKey)];
        gcm.Decrypt(answer.Nonce, answer.Ciphertext.AsSpan(0, padded.Length), answer.Ciphertext.AsSpan(padded.Length), padded, associated);

        ReadOnlySpan<byte> rest = padded;
        LengthPrefixed.TryTake(ref rest, out var content).ShouldBeTrue();
        rest = content;
        LengthPrefixed.TryTake(ref rest, out var bytes).ShouldBeTrue();
        LengthPrefixed.TryTake(ref rest, out var signature).ShouldBeTrue();
        var opened = JsonSerializer.Deserialize<HolderAnswer>(bytes, ContractJson.Options)!;
        byte[] signed =
        [
            .. LengthPrefixed.Of("MYP-HUB/1 answer"), .. CoreHash, .. LengthPrefixed.Of(Core.EphemeralKey), .. LengthPrefixed.Of(answer.HolderKey),
            .. LengthPrefixed.Of(HubTime.Write(opened.ProducedAt)), .. SHA256.HashData(bytes),
        ];
        using var certificate = X509CertificateLoader.LoadCertificate(holder.SigningCertificate);
        using var signer = certificate.GetECDsaPublicKey()!;
        signer.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeTrue();
        opened.SubjectProof.ShouldBe(HMACSHA256.HashData(Subject, CoreHash));
        return opened;
    }

    public void Dispose() => Ephemeral.Dispose();

    private static byte[] SealTag(Participant holder, byte[] tag, Guid requestId)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(holder.SealingCertificate);
        using var theirs = certificate.GetECDiffieHellmanPublicKey()!;
        using var mine = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var id = requestId.ToByteArray(bigEndian: true);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, mine.DeriveRawSecretAgreement(theirs.PublicKey), 32, id, "MYP-SEAL/1 subject"u8.ToArray());
        var (nonce, ciphertext, gcmTag) = (RandomNumberGenerator.GetBytes(12), new byte[tag.Length], new byte[16]);
        using var gcm = new AesGcm(key, 16);
        byte[] associated = [.. id, .. LengthPrefixed.Of(holder.Id)];
        gcm.Encrypt(nonce, tag, ciphertext, gcmTag, associated);
        return [.. LengthPrefixed.Of(mine.ExportSubjectPublicKeyInfo()), .. nonce, .. ciphertext, .. gcmTag];
    }
}
