using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using MyPortal.Certificates;
using MyPortal.Contracts.Hub;
using MyPortal.Hub;
using MyPortal.Kernel;

namespace MyPortal.Benchmarks;

/// <summary>
/// A holder asked without the hub: the request the hub would send on, with the hub's own keys from the sandbox's folder, because a
/// holder takes requests from nobody else. The answer is opened and checked as the portal does it.
/// </summary>
internal sealed class DirectHolder : IDisposable
{
    private readonly SeededPortal seeded;
    private readonly Participant holder;
    private readonly int matrixVersion;
    private readonly OrganisationKeys hubKeys;
    private readonly HttpClient http;
    private readonly HubClient client;

    public DirectHolder(SeededPortal seeded, HubPublications publications, string holder, string sandbox, string trustBundle)
    {
        this.seeded = seeded;
        this.holder = publications.Find(holder)!;
        matrixVersion = publications.Matrix.Version;
        var keys = Path.Combine(sandbox, "organisations", seeded.Get<HubOptions>().Id, "keys");
        var files = new OrganisationKeyFiles
        {
            CaFile = Path.Combine(trustBundle, "hub", "ca.pem"),
            CertificateFile = Path.Combine(keys, "tls.pem"),
            CertificateKeyFile = Path.Combine(keys, "tls.key"),
            SigningCertificateFile = Path.Combine(keys, "signing.pem"),
            SigningKeyFile = Path.Combine(keys, "signing.key"),
        };
        hubKeys = new OrganisationKeys(files, keys, TimeProvider.System);
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, SslOptions = hubKeys.TlsTowards(holder) }) { BaseAddress = new Uri(this.holder.Address) };
        var options = new HubOptions { Address = this.holder.Address, Id = holder, Self = seeded.Get<HubOptions>().Id };
        client = new HubClient(http, options, hubKeys, RandomSource.System, TimeProvider.System, new HubHealth(TimeProvider.System, NullLogger<HubClient>.Instance));
    }

    public string Id => holder.Id;

    public async Task AskAsync(LinkedPerson person, HolderQuery question)
    {
        var keys = seeded.Get<OrganisationKeys>();
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var core = seeded.Get<QueryHolder>().CoreOf(person.Viewer, question, Guid.NewGuid(), matrixVersion, keys.SealingKeyOf(holder.Id, holder.SealingCertificate)!, ephemeral);
        var attempt = new HubAttempt(core, HubJson.Write(core), ephemeral);
        var request = new LinkageRequest(attempt.CoreBytes, keys.Sign(SignatureInput.OfCore(attempt.CoreBytes)), person.HolderCodes[holder.Id]);
        var reply = await client.SendAsync(HttpMethod.Post, "/v1/provide", HubJson.Write(request), holder.SigningCertificate, CancellationToken.None);
        var answer = reply is { Problem: null } && HubJson.ReadOrNull<LinkageReply>(reply.Body) is { } linkage ? HubJson.ReadOrNull<SealedAnswer>(linkage.Sealed) : null;
        if (answer is null || seeded.Get<AnswerCheck>().Check(answer, attempt, question, holder).IsRefused)
        {
            throw new InvalidOperationException($"{holder.Id} gave no answer: {reply?.Problem?.Code}.");
        }

        using var opened = new SealedReply(answer, attempt.CoreBytes, ephemeral);
        _ = opened.Open();
    }

    public void Dispose()
    {
        http.Dispose();
        hubKeys.Dispose();
    }
}
